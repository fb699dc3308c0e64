using System.Security.Cryptography;
using Metering.Collector.Cli;
using Metering.Collector.Provisioning;

namespace Metering.Collector.Identity.Privacy;

/// <summary>The key of the pseudonyms, <c>export.key</c> in the data folder: made once, mode 0600, the same for exports and pages.</summary>
internal static class PseudonymKey
{
    private const string FileName = "export.key";
    private const int KeyBytes = 32;

    /// <summary>The key of a data folder, made when it is not there.</summary>
    /// <exception cref="UsageException">The file cannot be read or written, or holds no key.</exception>
    public static byte[] Of(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        if (!File.Exists(file))
        {
            SecretFile.Replace(file, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        }

        try
        {
            return Convert.FromHexString(File.ReadAllText(file).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"{file}: cannot be read as a key ({e.Message}); restore it from a backup, or remove it for new pseudonyms.", e);
        }
    }
}
