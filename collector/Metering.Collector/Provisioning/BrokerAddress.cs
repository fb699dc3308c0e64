using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>Where boards publish to.</summary>
internal sealed record BrokerAddress(string Host, int Port, bool Tls)
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <param name="text"><c>mqtt://HOST[:PORT]</c> or <c>mqtts://HOST[:PORT]</c>.</param>
    /// <param name="option">Name of the option, for the message.</param>
    /// <exception cref="UsageException">Anything else.</exception>
    public static BrokerAddress Parse(string text, string option)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "mqtt" or "mqtts"
            && uri.Host.Length is > 0 and <= 128 && uri.AbsolutePath is "/" or "" && uri.Query.Length == 0 && uri.UserInfo.Length == 0)
        {
            var tls = uri.Scheme == "mqtts";
            return new BrokerAddress(uri.Host.Trim('[', ']'), uri.IsDefaultPort || uri.Port < 0 ? tls ? TlsPort : PlainPort : uri.Port, tls);
        }

        throw new UsageException($"{option}: '{text}' was given; allowed is mqtt://HOST[:PORT] or mqtts://HOST[:PORT].");
    }

    public override string ToString() => FormattableString.Invariant($"{(Tls ? "mqtts" : "mqtt")}://{Host}:{Port}");
}
