using System.Net;
using Metering.Collector.Mqtt;
using Metering.Mqtt.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>The endpoint on Kestrel: a plain port and one with TLS, on loopback.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private ListenOptions? _plain;
    private ListenOptions? _secure;

    private EndpointHost(IMqttInbox inbox, TestCertificates certificates, IMqttAuthenticator? authenticator)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(inbox);
        if (authenticator is not null)
        {
            builder.Services.AddSingleton(authenticator);
        }

        builder.Services.AddMqttEndpoint();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => _plain = listen.UseMqttEndpoint());
            kestrel.Listen(
                IPAddress.Loopback, 0,
                listen => _secure = listen
                    .UseMqttTls(certificates.File("server.crt"), certificates.File("server.key"), certificates.File("ca.crt"))
                    .UseMqttEndpoint());
        });
        _application = builder.Build();
    }

    public int Port => _plain!.IPEndPoint!.Port;

    public int SecurePort => _secure!.IPEndPoint!.Port;

    public MqttEndpoint Endpoint => _application.Services.GetRequiredService<MqttEndpoint>();

    public static async Task<EndpointHost> StartAsync(
        IMqttInbox inbox, TestCertificates certificates, IMqttAuthenticator? authenticator = null)
    {
        var host = new EndpointHost(inbox, certificates, authenticator);
        await host._application.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
