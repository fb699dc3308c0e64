using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Metering.Collector.Identity.Sessions;

/// <summary>
/// A secret drawn by this program, for cookies, links and keys: 256 bits of chance, so that its plain SHA-256 may be stored
/// (nothing to guess, nothing to slow down), and what is stored opens nothing.
/// </summary>
internal static class SecretToken
{
    private const int Bytes = 32;

    /// <summary>Characters of a token.</summary>
    public const int Chars = 43;

    /// <summary>A new token: 43 characters of the URL alphabet.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
