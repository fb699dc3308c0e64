using System.Net;
using Metering.Collector.Alerts;
using Metering.Collector.Cli;
using Metering.Collector.HomeAssistant;
using Metering.Collector.Mqtt;
using Metering.Collector.Storage.Forwarding;

namespace Metering.Collector.Hosting;

/// <summary>
/// Everything that can be set for a running collector, with its defaults. Read from a JSON file
/// (docs/operations.md) and overridden by <c>METERING_</c> environment variables such as <c>METERING_Mqtt__Port</c>.
/// </summary>
public sealed record CollectorSettings
{
    public MqttSettings Mqtt { get; init; } = new();

    public HttpSettings Http { get; init; } = new();

    public InfluxSettings Influx { get; init; } = new();

    public AlertSettings Alerts { get; init; } = new();

    public HomeAssistantSettings HomeAssistant { get; init; } = new();

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="file">A JSON file, or null: the defaults.</param>
    /// <exception cref="UsageException">Names the section:key, what was given and what is allowed.</exception>
    public static CollectorSettings Load(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            if (!File.Exists(file))
            {
                throw new UsageException($"--config: '{file}' is not there; give a JSON file.");
            }

            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        try
        {
            var configuration = builder.AddEnvironmentVariables("METERING_").Build();
            Known(configuration);
            var settings = new CollectorSettings
            {
                Mqtt = configuration.GetSection(nameof(Mqtt)).Get<MqttSettings>() ?? new(),
                Http = configuration.GetSection(nameof(Http)).Get<HttpSettings>() ?? new(),
                Influx = configuration.GetSection(nameof(Influx)).Get<InfluxSettings>() ?? new(),
                Alerts = configuration.GetSection(nameof(Alerts)).Get<AlertSettings>() ?? new(),
                HomeAssistant = configuration.GetSection(nameof(HomeAssistant)).Get<HomeAssistantSettings>() ?? new(),
            };
            settings.Check();
            return settings;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"--config: '{file}' cannot be read: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Refuses values that cannot work.</summary>
    public void Check()
    {
        Port(Mqtt.Port, "Mqtt:Port");
        Port(Mqtt.TlsPort, "Mqtt:TlsPort");
        Port(Http.Port, "Http:Port");
        if (Mqtt.TlsPort >= 0)
        {
            Readable(Mqtt.Certificate, "Mqtt:Certificate");
            Readable(Mqtt.CertificateKey, "Mqtt:CertificateKey");
        }

        if (Mqtt.Source is { } source && (source.Host.Length == 0 || source.ClientId.Length == 0))
        {
            throw new UsageException("Mqtt:Source: Host and ClientId are needed.");
        }

        var mqtt = Address(Mqtt.Address, "Mqtt:Address");
        Address(Http.Address, "Http:Address");
        if ((InfluxSettingsRules.Fault(Influx) ?? Alerts.Fault() ?? Http.Fault()) is { } fault)
        {
            throw new UsageException(fault);
        }

        if (Mqtt.Anonymous && !IPAddress.IsLoopback(mqtt))
        {
            throw new UsageException($"Mqtt:Anonymous: true is allowed only with a loopback address; Mqtt:Address is {Mqtt.Address}.");
        }
    }

    private static void Known(IConfiguration configuration)
    {
        Names(configuration, "", [nameof(Mqtt), nameof(Http), nameof(Influx), nameof(Alerts), nameof(HomeAssistant)]);
        Names(configuration.GetSection(nameof(Mqtt)), "Mqtt:", [.. typeof(MqttSettings).GetProperties().Select(p => p.Name)]);
        Names(configuration.GetSection(nameof(Influx)), "Influx:", [.. typeof(InfluxSettings).GetProperties().Select(p => p.Name)]);
        Names(configuration.GetSection(nameof(Alerts)), "Alerts:", [.. typeof(AlertSettings).GetProperties().Select(p => p.Name)]);
        Names(configuration.GetSection("Alerts:Mail"), "Alerts:Mail:", [.. typeof(MailSettings).GetProperties().Select(p => p.Name)]);
        Names(configuration.GetSection("Alerts:Webhook"), "Alerts:Webhook:", [.. typeof(WebhookSettings).GetProperties().Select(p => p.Name)]);
        Names(configuration.GetSection("Alerts:Thresholds"), "Alerts:Thresholds:", Enum.GetNames<Core.Alerts.AlertKind>());
        Names(configuration.GetSection(nameof(Http)), "Http:", [.. typeof(HttpSettings).GetProperties().Select(p => p.Name)]);
        SettingsValues.Check<MqttSettings>(configuration.GetSection(nameof(Mqtt)));
        SettingsValues.Check<InfluxSettings>(configuration.GetSection(nameof(Influx)));
        Names(configuration.GetSection(nameof(HomeAssistant)), "HomeAssistant:", [.. typeof(HomeAssistantSettings).GetProperties().Select(p => p.Name)]);
        SettingsValues.Check<HomeAssistantSettings>(configuration.GetSection(nameof(HomeAssistant)));
        SettingsValues.Check<AlertSettings>(configuration.GetSection(nameof(Alerts)));
        SettingsValues.Check<MailSettings>(configuration.GetSection("Alerts:Mail"));
        SettingsValues.Check<HttpSettings>(configuration.GetSection(nameof(Http)));
    }

    private static void Names(IConfiguration section, string prefix, string[] allowed)
    {
        foreach (var child in section.GetChildren())
        {
            if (!allowed.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new UsageException($"{prefix}{child.Key}: is not known; allowed are {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private static void Port(int port, string key)
    {
        if (port is < -1 or > 65535)
        {
            throw new UsageException($"{key}: {port} was given; allowed are 1 to 65535, 0 for any free port, -1 for none.");
        }
    }

    private static void Readable(string? file, string key)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"{key}: '{file}' was given; a readable PEM file is needed when Mqtt:TlsPort is set.");
        }
    }

    private static IPAddress Address(string text, string key) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw new UsageException($"{key}: '{text}' was given; allowed is an IP address such as 127.0.0.1 or 0.0.0.0.");
}

/// <summary>The collector's own MQTT endpoint.</summary>
public sealed record MqttSettings
{
    /// <summary>Address to listen on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port without TLS; 0 any free port, -1 none.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Port with TLS; 0 any free port, -1 none.</summary>
    public int TlsPort { get; init; } = -1;

    /// <summary>Whether clients without credentials are served; only on a loopback address.</summary>
    public bool Anonymous { get; init; }

    /// <summary>PEM file of the server's certificate chain.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>PEM file of the authority that signs board certificates; null: boards use user and password.</summary>
    public string? BoardAuthority { get; init; }

    /// <summary>An existing broker to take readings from as well; null: none.</summary>
    public MqttSourceOptions? Source { get; init; }
}

/// <summary>Pages and API.</summary>
public sealed record HttpSettings
{
    /// <summary>Address to listen on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port; 0 any free port, -1 none.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>PEM file of the certificate, with its chain. Needed beyond loopback.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>
    /// Address that people type when a proxy on this machine stands in front, or when links are to name a host:
    /// <c>https://metering.example.org</c>.
    /// </summary>
    public string? PublicUrl { get; init; }

    internal bool HasTls => Certificate is not null;

    /// <summary>What cannot work, as <c>section:key</c> with what is allowed; null when all is well.</summary>
    internal string? Fault()
    {
        if (Certificate is null != (CertificateKey is null))
        {
            return "Http:Certificate, Http:CertificateKey: both or none are needed, PEM files.";
        }

        foreach (var (key, file) in new[] { ("Http:Certificate", Certificate), ("Http:CertificateKey", CertificateKey) })
        {
            if (file is not null && !File.Exists(file))
            {
                return $"{key}: '{file}' was given; a readable PEM file is needed.";
            }
        }

        if (PublicUrl is not null && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.PathAndQuery == "/"))
        {
            return $"Http:PublicUrl: '{PublicUrl}' was given; allowed is scheme and host such as https://metering.example.org, without a path.";
        }

        return Port >= 0 && !HasTls && IPAddress.TryParse(Address, out var address) && !IPAddress.IsLoopback(address)
            ? $"Http:Address: {Address} is reachable from other machines; that needs Http:Certificate and Http:CertificateKey. Plain HTTP is for loopback only, also behind a proxy."
            : null;
    }
}
