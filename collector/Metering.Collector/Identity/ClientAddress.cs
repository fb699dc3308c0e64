using System.Net;
using System.Net.Sockets;

namespace Metering.Collector.Identity;

/// <summary>Where a request comes from, for limits and log. An IPv6 customer has a whole /64: it counts as one.</summary>
internal static class ClientAddress
{
    private const int Ipv6PrefixBytes = 8;

    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, Ipv6PrefixBytes, bytes.Length - Ipv6PrefixBytes);
        return new IPAddress(bytes) + "/64";
    }
}
