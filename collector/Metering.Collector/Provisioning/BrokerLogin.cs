using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Metering.Collector.Cli;
using Metering.Simulator.Fleet;

namespace Metering.Collector.Provisioning;

/// <summary>How a verb logs in at a broker: <c>--user</c>, <c>--password-file</c>, <c>--ca</c>.</summary>
internal static class BrokerLogin
{
    public static X509Certificate2Collection? Roots(FileInfo? file)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file.FullName);
            return roots;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--ca: '{file}' cannot be read ({e.Message}); allowed is a PEM file.", e);
        }
    }

    public static async Task<BoardLogin?> ReadAsync(string? user, FileInfo? password, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return password is null ? null : throw new UsageException("--password-file: was given without --user.");
        }

        var text = await FirstLine.ReadAsync(password, "--password-file", cancellationToken).ConfigureAwait(false);
        return new BoardLogin(user, text ?? throw new UsageException("--user: was given without --password-file."));
    }
}
