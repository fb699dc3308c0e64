using Metering.Collector.Mqtt.Boards;
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
        services.TryAddSingleton<IMqttEndpointObserver, MqttEndpointLog>();
        services.AddSingleton((options ?? new MqttEndpointOptions()) with { IsRelayOnly = DownwardTopics.Contains });
        services.AddSingleton<MqttEndpoint>();
        return services;
    }

    /// <summary>Speaks to boards: tells those without a clock the time, and hands them settings.</summary>
    /// <param name="services">Of the collector.</param>
    /// <param name="tellsTime">False where boards do not live in the collector's time.</param>
    internal static IServiceCollection AddBoardLink(this IServiceCollection services, bool tellsTime)
    {
        services.AddSingleton<IBoardLink>(provider => new BoardLink(provider.GetRequiredService<MqttEndpoint>(), provider.GetService<MqttSourceClient>()));
        services.AddSingleton<BoardConfigurationService>();
        if (tellsTime)
        {
            services.AddHostedService<BoardClockKeeper>();
        }

        return services;
    }

    /// <summary>Makes a Kestrel listener speak MQTT; put <c>UseHttps</c> before it for TLS.</summary>
    public static ListenOptions UseMqttEndpoint(this ListenOptions listen)
    {
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Takes readings from an existing broker too; needs an <see cref="IMqttInbox"/>.</summary>
    public static IServiceCollection AddMqttSource(this IServiceCollection services, MqttSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MqttSourceClient>(provider, options));
        services.AddHostedService(provider => provider.GetRequiredService<MqttSourceClient>());
        return services;
    }
}
