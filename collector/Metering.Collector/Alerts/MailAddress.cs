namespace Metering.Collector.Alerts;

/// <summary>Addresses as they may stand in an SMTP command: printable ASCII, one at sign, nothing that ends the command.</summary>
internal static class MailAddress
{
    /// <summary>RFC 5321, 4.5.3.1.3.</summary>
    private const int CharactersMax = 254;

    public static bool IsUsable(string? address) =>
        address is { Length: > 2 and <= CharactersMax }
        && address.All(static c => c is > ' ' and < '\u007f' and not ('<' or '>' or '"' or '\\' or ',' or ';'))
        && address.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at == address.LastIndexOf('@')
        && at < address.Length - 1;
}
