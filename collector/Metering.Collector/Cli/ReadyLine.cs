using Metering.Collector.Hosting;

namespace Metering.Collector.Cli;

/// <summary>The line that says where a started collector is.</summary>
internal static class ReadyLine
{
    public static string Of(CollectorHost host)
    {
        var parts = new List<string> { "ready" };
        if (host.Mqtt is { } mqtt)
        {
            parts.Add($"mqtt://{mqtt}");
        }

        if (host.MqttTls is { } secure)
        {
            parts.Add($"mqtts://{secure}");
        }

        if (host.Http is { } http)
        {
            parts.Add($"{(host.HasHttpTls ? "https" : "http")}://{http}");
        }

        return string.Join(' ', parts);
    }
}
