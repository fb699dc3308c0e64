using System.Security.Cryptography;

namespace Metering.Collector.Provisioning;

/// <summary>PBKDF2-SHA256 (RFC 8018) of a board's password.</summary>
/// <param name="Salt">Base64.</param>
/// <param name="Hash">Base64.</param>
/// <param name="Iterations">Iterations.</param>
internal sealed record PasswordHash(string Salt, string Hash, int Iterations)
{
    /// <summary>
    /// Boards' passwords are drawn by this program with 190 bits of chance, so that no count of iterations is needed to
    /// resist guessing; this one keeps a reconnecting fleet of hundreds of boards cheap.
    /// </summary>
    public const int DefaultIterations = 10_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int PasswordChars = 32;

    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_+.~=@";

    /// <summary>A new password: 32 characters that a JSON document and a serial console leave alone.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Alphabet, PasswordChars);

    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, DefaultIterations, HashAlgorithmName.SHA256, HashBytes);
        return new PasswordHash(Convert.ToBase64String(salt), Convert.ToBase64String(hash), DefaultIterations);
    }

    /// <summary>Whether the password is the one; takes the same time either way.</summary>
    public bool Fits(ReadOnlySpan<byte> password)
    {
        var expected = Convert.FromBase64String(Hash);
        var actual = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(Salt), Iterations, HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}
