using System.Globalization;
using System.Net;
using Metering.Collector.Mqtt;
using Metering.Mqtt.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Metering.Benchmarks.Mqtt;

/// <summary>Serves the endpoint alone: what protocol and transport cost without decoding and storing.</summary>
internal static class EndpointCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--port", var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out int port))
        {
            Console.Error.WriteLine("mqtt-endpoint --port PORT    (loopback; ends on SIGINT or SIGTERM)");
            return 2;
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IMqttInbox, NothingInbox>();
        builder.Services.AddMqttEndpoint();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseMqttEndpoint()));
        await using WebApplication application = builder.Build();
        await application.StartAsync();
        Console.WriteLine($"ready {Environment.ProcessId}");
        await application.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Completes on another thread, as a group commit would.</summary>
    private sealed class NothingInbox : IMqttInbox
    {
        public async ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return MqttInboxResult.Accepted;
        }
    }
}
