using System.Globalization;
using System.Security.Cryptography;

namespace Metering.Collector.Identity.Accounts;

/// <summary>
/// PBKDF2 (RFC 8018) with HMAC-SHA512, the strongest of the slow hashes in the base class library; Argon2id is not in it.
/// The iterations are those of the OWASP Password Storage Cheat Sheet (2025): 220,000 for HMAC-SHA512.
/// </summary>
/// <remarks>Stored as <c>pbkdf2-sha512$ITERATIONS$SALT$HASH</c>, so that a later count applies to new passwords and old ones still open.</remarks>
internal static class PasswordHasher
{
    public const int Iterations = 220_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 64;
    private const string Scheme = "pbkdf2-sha512";

    /// <summary>Hash of no password at all: an unknown name costs the same time as a known one.</summary>
    private static readonly Lazy<string> Nobody = new(static () => Hash(Sessions.SecretToken.New()));

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations, HashBytes))}");
    }

    /// <summary>Whether the password is the one; with no stored hash the answer is no, after the same time.</summary>
    public static bool Fits(string password, string? stored)
    {
        var parts = (stored ?? Nobody.Value).Split('$');
        if (parts.Length != 4 || parts[0] != Scheme || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
        {
            throw new FormatException("A stored password is of an unknown kind.");
        }

        var expected = Convert.FromBase64String(parts[3]);
        var actual = Derive(password, Convert.FromBase64String(parts[2]), iterations, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected) && stored is not null;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, length);
}
