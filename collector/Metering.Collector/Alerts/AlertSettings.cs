using Metering.Core.Alerts;
using Metering.Core.Languages;

namespace Metering.Collector.Alerts;

/// <summary>Section <c>Alerts</c> of the settings. Alerts are always computed; they are sent where mail or webhook is set.</summary>
public sealed record AlertSettings
{
    /// <summary>Seconds between two looks.</summary>
    public int EverySeconds { get; init; } = 60;

    /// <summary>Limits of each kind.</summary>
    public AlertThresholds Thresholds { get; init; } = new();

    /// <summary>Language of what is sent.</summary>
    public Language Language { get; init; } = Language.French;

    /// <summary>E-mail; without <see cref="MailSettings.Host"/> none is sent.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>Webhook; without <see cref="WebhookSettings.Url"/> none is called.</summary>
    public WebhookSettings Webhook { get; init; } = new();

    /// <summary>The first mistake, as <c>section:key</c> with what is allowed; null when there is none.</summary>
    internal string? Fault()
    {
        if (EverySeconds is < 1 or > 3600)
        {
            return "Alerts:EverySeconds: allowed are 1 to 3600.";
        }

        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            if (Thresholds.Of(kind).Fault() is { } fault)
            {
                return $"Alerts:Thresholds:{kind}: {fault}.";
            }
        }

        return Mail.Fault() ?? Webhook.Fault();
    }
}

/// <summary>A mail server to hand alerts to.</summary>
public sealed record MailSettings
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    public string? User { get; init; }

    /// <summary>File that holds the password: secrets are not for settings files.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>PEM file of a private authority; null: those that the system trusts.</summary>
    public string? CertificateAuthorityFile { get; init; }

    public string? From { get; init; }

    /// <summary>Addresses.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    internal string? Fault()
    {
        const int recipientsMax = 100;
        if (Host is null)
        {
            return null;
        }

        if (Port is < 1 or > 65535)
        {
            return "Alerts:Mail:Port: allowed are 1 to 65535.";
        }

        if (!MailAddress.IsUsable(From))
        {
            return "Alerts:Mail:From: an address such as metering@example.org is needed.";
        }

        if (To.Count is 0 or > recipientsMax || To.Any(static to => !MailAddress.IsUsable(to)))
        {
            return $"Alerts:Mail:To: 1 to {recipientsMax} addresses such as office@example.org are needed.";
        }

        if (PasswordFile is not null && !File.Exists(PasswordFile))
        {
            return $"Alerts:Mail:PasswordFile: '{PasswordFile}' is not there.";
        }

        if (CertificateAuthorityFile is not null && !File.Exists(CertificateAuthorityFile))
        {
            return $"Alerts:Mail:CertificateAuthorityFile: '{CertificateAuthorityFile}' is not there.";
        }

        return PasswordFile is not null && Security == MailSecurity.None
            ? "Alerts:Mail:Security: a password is sent over TLS only; allowed are StartTls and Tls."
            : null;
    }
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Plain, then STARTTLS, which the server has to offer (RFC 3207). Port 587.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte (RFC 8314). Port 465.</summary>
    Tls = 1,

    /// <summary>Not at all: a relay on the same machine.</summary>
    None = 2,
}

/// <summary>An address that alerts are posted to.</summary>
public sealed record WebhookSettings
{
    public string? Url { get; init; }

    /// <summary>File that holds the secret of the signature.</summary>
    public string? SecretFile { get; init; }

    internal string? Fault()
    {
        if (Url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || (url.Scheme == "http" && !url.IsLoopback))
        {
            return $"Alerts:Webhook:Url: '{Url}' was given; allowed is an https address, or http on this machine.";
        }

        return SecretFile is null || !File.Exists(SecretFile)
            ? "Alerts:Webhook:SecretFile: a file with the secret of the signature is needed."
            : null;
    }
}
