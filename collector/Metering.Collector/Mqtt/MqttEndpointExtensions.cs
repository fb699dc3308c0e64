using Metering.Mqtt.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Metering.Collector.Mqtt;

/// <summary>The MQTT endpoint as a part of the host.</summary>
public static class MqttEndpointExtensions
{
    /// <summary>
    /// Registers the endpoint. An <see cref="IMqttInbox"/> must be registered; without an
    /// <see cref="IMqttAuthenticator"/> only this machine is let in.
    /// </summary>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, MqttEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMqttAuthenticator, LoopbackAuthenticator>();
        services.AddSingleton(options ?? new MqttEndpointOptions());
        services.AddSingleton<MqttEndpoint>();
        return services;
    }

    /// <summary>Makes a Kestrel listener speak MQTT; put <c>UseHttps</c> before it for TLS.</summary>
    public static ListenOptions UseMqttEndpoint(this ListenOptions listen)
    {
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }
}
