using System.Net;
using System.Text.RegularExpressions;
using Metering.Collector.Alerts;
using Metering.Collector.Api;
using Metering.Collector.Cli;
using Metering.Collector.Diagnostics;
using Metering.Collector.HomeAssistant;
using Metering.Collector.Identity;
using Metering.Collector.Identity.Access;
using Metering.Collector.Ingest;
using Metering.Collector.Mqtt;
using Metering.Collector.Provisioning;
using Metering.Collector.SensorThings;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Telemetry;
using Metering.Collector.Web;
using Metering.Mqtt.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Metering.Collector.Hosting;

/// <summary>A running collector: MQTT endpoint, ingest, store, health, pages and API in one process.</summary>
public sealed partial class CollectorHost : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Listeners listeners;

    private CollectorHost(WebApplication application, Listeners listeners, bool hasHttpTls)
    {
        this.application = application;
        this.listeners = listeners;
        HasHttpTls = hasHttpTls;
    }

    /// <summary>Where boards connect without TLS, or null when there is no such listener. Known once started.</summary>
    public IPEndPoint? Mqtt => listeners.Mqtt?.IPEndPoint;

    /// <summary>Where boards connect with TLS, or null when there is no such listener. Known once started.</summary>
    public IPEndPoint? MqttTls => listeners.MqttTls?.IPEndPoint;

    /// <summary>Where pages and API are, or null when there is no such listener. Known once started.</summary>
    public IPEndPoint? Http => listeners.Http?.IPEndPoint;

    /// <summary>Whether pages and API speak TLS.</summary>
    public bool HasHttpTls { get; }

    public IServiceProvider Services => application.Services;

    /// <summary>Every address that pages and API answer to.</summary>
    internal IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints);

    /// <summary>Puts a collector together; nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="database">The open store; it stays the caller's to close, after the host.</param>
    /// <param name="clock">The collector's clock.</param>
    /// <param name="demo">What the demo speaks of, with roles that need no password; null: accounts. The demo is for loopback only.</param>
    public static CollectorHost Create(CollectorSettings settings, SqliteDatabase database, TimeProvider clock, PageScope? demo = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isDemo = demo is not null;
        if (isDemo && !IPAddress.IsLoopback(IPAddress.Parse(settings.Http.Address)))
        {
            throw new UsageException($"Http:Address: the demo asks for no password and is for loopback only; {settings.Http.Address} was given.");
        }

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        builder.Services.AddSingleton(clock);
        builder.Services.AddMetrics();
        builder.Services.AddMeteringStore(database);
        builder.Services.AddMeteringForwarding(settings.Influx);
        builder.Services.AddMeteringIngest();
        builder.Services.AddMeteringAlerts(settings, database, demo?.Gate ?? new AlertGate());
        builder.Services.AddMeteringTelemetry();
        if (!settings.Mqtt.Anonymous)
        {
            var boards = new BoardCredentialFile(Path.GetDirectoryName(database.Path)!);
            builder.Services.AddSingleton<IMqttAuthenticator>(new BoardAuthenticator(boards));
        }

        builder.Services.AddMqttEndpoint();
        if (settings.HomeAssistant.Enabled)
        {
            builder.Services.AddSingleton(settings.HomeAssistant);
            builder.Services.AddHostedService<HomeAssistantService>();
        }

        // Boards of the demo live in simulated time: the clock of this machine is not theirs.
        builder.Services.AddBoardLink(tellsTime: !isDemo);
        if (settings.Mqtt.Source is { } source)
        {
            builder.Services.AddMqttSource(source);
        }

        builder.Services.AddMeteringPages(demo ?? PageScope.Whole);
        builder.Services.AddMeteringIdentity(settings.Http, database, isDemo);
        builder.Services.AddMeteringApi();

        var listeners = new Listeners();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings, listeners, clock));
        var application = builder.Build();
        application.UseMeteringIdentity(settings.Http);
        application.MapHealth();
        application.MapIdentity(isDemo);
        application.MapApi();
        application.MapSensorThings();
        application.MapMetrics().RequirePermission(Permission.ViewMetrics).AcceptApiKeys();
        application.MapPages();
        application.CheckDeclarations();
        return new CollectorHost(application, listeners, settings.Http.HasTls);
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="UsageException">A port is in use or may not be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new UsageException($"port {PortOf(e.Message)} is in use; choose another (0 takes any free port).", e);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new UsageException($"cannot listen: {e.Message}; choose an address of this machine and a port that this user may open.", e);
        }
    }

    /// <summary>Waits for SIGTERM, SIGINT or the token, then drains and stops.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Drains and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, CollectorSettings settings, Listeners listeners, TimeProvider clock)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = IdentitySetup.RequestBodyBytesMax;
        if (settings.Mqtt.Port >= 0)
        {
            kestrel.Listen(IPAddress.Parse(settings.Mqtt.Address), settings.Mqtt.Port, listen => listeners.Mqtt = listen.UseMqttEndpoint());
        }

        if (settings.Mqtt.TlsPort >= 0)
        {
            kestrel.Listen(
                IPAddress.Parse(settings.Mqtt.Address), settings.Mqtt.TlsPort,
                listen => listeners.MqttTls = listen
                    .UseMqttTls(settings.Mqtt.Certificate!, settings.Mqtt.CertificateKey!, settings.Mqtt.BoardAuthority)
                    .UseMqttEndpoint());
        }

        if (settings.Http.Port >= 0)
        {
            kestrel.Listen(IPAddress.Parse(settings.Http.Address), settings.Http.Port, listen =>
            {
                listeners.Http = listen;
                if (settings.Http is { Certificate: { } certificate, CertificateKey: { } key })
                {
                    new WebTls(certificate, key, clock).Use(listen);
                }
            });
        }
    }

    private static string PortOf(string message) => PortPattern().Match(message) is { Success: true } match ? match.Groups[1].Value : "(unknown)";

    [GeneratedRegex(@":(\d+)\b(?!.*:\d)", RegexOptions.CultureInvariant)]
    private static partial Regex PortPattern();

    private sealed class Listeners
    {
        public ListenOptions? Mqtt { get; set; }

        public ListenOptions? MqttTls { get; set; }

        public ListenOptions? Http { get; set; }
    }
}
