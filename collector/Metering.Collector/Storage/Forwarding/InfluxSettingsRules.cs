using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Metering.Collector.Storage.Influx;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>What is allowed in section <c>Influx</c>; each mistake is one line: section:key, what was given, what is allowed.</summary>
internal static class InfluxSettingsRules
{
    /// <summary>Characters of a database name: what all three generations take without quotes.</summary>
    internal const int DatabaseCharactersMax = 64;

    /// <summary>Bytes of a file with a password or token.</summary>
    internal const int SecretBytesMax = 4096;

    /// <summary>The first mistake, or null when there is none.</summary>
    internal static string? Fault(InfluxSettings settings)
    {
        if (settings.Url is null)
        {
            return settings == new InfluxSettings() ? null : "Influx:Url: none was given; it is needed as soon as anything else is set in this section.";
        }

        return UrlFault(settings.Url, out var url) ?? NameFault(settings) ?? CredentialsFault(settings, url!) ?? AuthorityFault(settings, url!) ?? (settings.KeepDays is < 1
            ? string.Create(CultureInfo.InvariantCulture, $"Influx:KeepDays: {settings.KeepDays} was given; allowed is 1 or more, or null to keep readings for ever.")
            : null);
    }

    private static string? UrlFault(string text, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return $"Influx:Url: '{text}' was given; allowed is an address such as https://influx.example:8086/.";
        }

        return url.UserInfo.Length > 0
            ? "Influx:Url: an address with a user in it was given; the user goes into Influx:User, the password or token into the file of Influx:SecretFile."
            : null;
    }

    private static string? NameFault(InfluxSettings settings)
    {
        var name = settings.Database;
        if (name.Length is 0 or > DatabaseCharactersMax || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
        {
            return string.Create(CultureInfo.InvariantCulture, $"Influx:Database: '{name}' was given; allowed are 1 to {DatabaseCharactersMax} letters, digits, '_', '-' and '.'.");
        }

        if (!Enum.IsDefined(settings.Generation))
        {
            return string.Create(CultureInfo.InvariantCulture, $"Influx:Generation: {(int)settings.Generation} was given; allowed are {string.Join(", ", Enum.GetNames<InfluxGeneration>())}.");
        }

        return settings.Organisation is { } organisation && (settings.Generation != InfluxGeneration.V2 || string.IsNullOrWhiteSpace(organisation))
            ? $"Influx:Organisation: '{organisation}' was given with Generation {settings.Generation}; it is allowed with V2 only, and not empty."
            : null;
    }

    private static string? CredentialsFault(InfluxSettings settings, Uri url)
    {
        if (settings.SecretFile is not { } file)
        {
            return settings.User is { } user ? $"Influx:SecretFile: none was given; it is needed with Influx:User '{user}'."
                : settings.Generation == InfluxGeneration.V2 ? "Influx:SecretFile: none was given; V2 answers nobody without a token."
                : null;
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            return $"Influx:Url: '{settings.Url}' was given; with Influx:SecretFile https is allowed, and http to this machine only.";
        }

        if (settings.User is null && settings.Generation == InfluxGeneration.V1)
        {
            return "Influx:User: none was given; V1 needs one with Influx:SecretFile.";
        }

        try
        {
            var information = new FileInfo(file);
            return information.Length > SecretBytesMax || File.ReadAllText(file).Trim() is not { Length: > 0 } secret || secret.Contains('\n', StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"Influx:SecretFile: '{file}' was given; allowed is a file of one line with the password or token, at most {SecretBytesMax} bytes.")
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Influx:SecretFile: '{file}' was given; it cannot be read: {failure.Message}";
        }
    }

    private static string? AuthorityFault(InfluxSettings settings, Uri url)
    {
        if (settings.CertificateAuthorityFile is not { } file)
        {
            return null;
        }

        if (url.Scheme != "https")
        {
            return $"Influx:CertificateAuthorityFile: '{file}' was given; it is allowed with an https address only.";
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count == 0
                ? $"Influx:CertificateAuthorityFile: '{file}' was given; it holds no certificate in PEM."
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"Influx:CertificateAuthorityFile: '{file}' was given; a readable PEM file is needed: {failure.Message}";
        }
    }
}
