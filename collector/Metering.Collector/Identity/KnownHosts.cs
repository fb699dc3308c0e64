using System.Net;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;

namespace Metering.Collector.Identity;

/// <summary>
/// Answers only to its own names where a strange name would be dangerous: on loopback, where a web site could point its own
/// name at this machine (DNS rebinding), and behind a proxy. With TLS of its own the certificate does the same.
/// Behind a proxy the scheme is the proxy's.
/// </summary>
internal sealed class KnownHosts(RequestDelegate next, HttpSettings http)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly Uri? site = http.PublicUrl is null ? null : new Uri(http.PublicUrl);
    private readonly bool isOpen = http.HasTls && http.PublicUrl is null;

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var host = context.Request.Host.Host;
        if (site is not null && string.Equals(host, site.Host, StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Scheme = site.Scheme;
            return next(context);
        }

        return isOpen || Loopback.Contains(host, StringComparer.OrdinalIgnoreCase)
            || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)
            ? next(context)
            : AccessAnswers.Problem(context, StatusCodes.Status400BadRequest, "Unknown host", "This collector does not answer to that host name; Http:PublicUrl sets the one it has.");
    }
}
