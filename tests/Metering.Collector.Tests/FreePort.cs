using System.Net;
using System.Net.Sockets;

namespace Metering.Collector.Tests;

/// <summary>
/// Ports for servers of others, which cannot be told to choose one: outside of the range that outgoing connections take, and
/// none twice in one process, so that two tests that start at the same moment never get the same.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            int port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
