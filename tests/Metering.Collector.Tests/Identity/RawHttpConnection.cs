using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Metering.Collector.Tests.Identity;

/// <summary>What came back. Status 0: the connection was closed without an answer.</summary>
internal readonly record struct RawAnswer(int Status, string Head, string Body);

/// <summary>
/// Sends bytes as they are and reads one answer, HTTP or not. Keeps the connection while the server does. The client's half
/// is never closed early; an answer without a length ends with the connection.
/// </summary>
internal sealed class RawHttpConnection(IPEndPoint server) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly byte[] buffer = new byte[64 << 10];
    private Socket? socket;

    public async Task<RawAnswer> SendAsync(byte[] request)
    {
        using var patience = new CancellationTokenSource(Patience);
        var connected = await ConnectAsync(patience.Token);
        try
        {
            // A request that promises more than it sends would wait for ever: closing our half says that no more will come.
            await connected.SendAsync(request, patience.Token);
            var isWhole = IsWhole(request);
            if (!isWhole)
            {
                connected.Shutdown(SocketShutdown.Send);
            }

            var answer = await ReadAsync(connected, Encoding.Latin1.GetString(request, 0, Math.Min(5, request.Length)) == "HEAD ", patience.Token);
            if (!isWhole || answer.Status == 0 || answer.Head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase) || answer.Status == 101)
            {
                Close();
            }

            return answer;
        }
        catch (SocketException)
        {
            Close();
            return default;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the server can know where the request ends: ours to tell, since we drew it.</summary>
    private static bool IsWhole(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end];
        var lengths = head.Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.Ordinal)).Select(l => l[15..].Trim()).ToList();
        var body = (request.Length - end - 4).ToString(CultureInfo.InvariantCulture);
        return !head.Contains("Transfer-Encoding", StringComparison.Ordinal) && !head.Contains("HTTP/1.0", StringComparison.Ordinal) && !head.Contains("Upgrade", StringComparison.Ordinal)
            && (lengths.Count == 0 ? body == "0" : lengths.TrueForAll(l => l == body)) && head.Contains(" HTTP/1.1\r\n", StringComparison.Ordinal);
    }

    private async Task<RawAnswer> ReadAsync(Socket from, bool isHead, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (true)
        {
            var end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var head = text.ToString(0, end);
                var status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
                if (status == 100)
                {
                    text.Remove(0, end + 4);
                    continue;
                }

                var body = text.ToString(end + 4, text.Length - end - 4);
                if (isHead || status is 101 or 204 or 304 || IsComplete(head, body))
                {
                    return new RawAnswer(status, head, body);
                }
            }

            var count = await from.ReceiveAsync(buffer, cancellationToken);
            if (count == 0)
            {
                Close();
                return end < 0 ? default : new RawAnswer(int.Parse(text.ToString().Split(' ')[1], CultureInfo.InvariantCulture), text.ToString(0, end), text.ToString(end + 4, text.Length - end - 4));
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    private static bool IsComplete(string head, string body)
    {
        foreach (var line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                return body.Length >= int.Parse(line[15..], CultureInfo.InvariantCulture);
            }
        }

        return head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) && body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        if (socket is { } known)
        {
            return known;
        }

        var fresh = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await fresh.ConnectAsync(server, cancellationToken);
        return socket = fresh;
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }
}
