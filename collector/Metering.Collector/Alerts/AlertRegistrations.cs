using Metering.Collector.Hosting;
using Metering.Collector.Provisioning;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Alerts;

/// <summary>Alerts as a part of the host.</summary>
internal static class AlertRegistrations
{
    /// <param name="services">The host's services.</param>
    /// <param name="settings">All settings: certificates are looked at where they are used.</param>
    /// <param name="database">The store.</param>
    /// <param name="gate">When to look.</param>
    public static void AddMeteringAlerts(this IServiceCollection services, CollectorSettings settings, SqliteDatabase database, AlertGate gate)
    {
        var alerts = settings.Alerts;
        services.AddSingleton(alerts);
        services.AddSingleton(gate);
        services.AddSingleton(new AlertSubjects(
            [.. Certificates(settings)],
            new BoardCredentialFile(Path.GetDirectoryName(database.Path)!),
            AlertSubjects.FreeBytesOf));
        services.AddSingleton<AlertLedger>();
        services.AddSingleton<IAlertBook>(static provider => provider.GetRequiredService<AlertLedger>());
        services.AddSingleton<AlertObserver>();
        if (alerts.Mail.Host is not null)
        {
            services.AddSingleton<IAlertChannel>(provider => new MailChannel(alerts.Mail, alerts.Language, provider.GetRequiredService<TimeProvider>()));
        }

        if (alerts.Webhook.Url is { } url)
        {
            services.AddSingleton<IAlertChannel>(provider => new WebhookChannel(
                new Uri(url), Secret(alerts.Webhook.SecretFile!), alerts.Language, provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<AlertDelivery>();
        services.AddSingleton<AlertService>();
        services.AddHostedService(static provider => provider.GetRequiredService<AlertService>());
    }

    private static IEnumerable<(string Key, string File)> Certificates(CollectorSettings settings)
    {
        var mqtt = settings.Mqtt.TlsPort >= 0 ? settings.Mqtt : new MqttSettings();
        foreach (var (key, file) in new[]
        {
            ("Http:Certificate", settings.Http.Certificate), ("Mqtt:Certificate", mqtt.Certificate), ("Mqtt:BoardAuthority", mqtt.BoardAuthority),
        })
        {
            if (file is not null)
            {
                yield return (key, file);
            }
        }
    }

    private static byte[] Secret(string file) => System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(file).TrimEnd('\r', '\n'));
}
