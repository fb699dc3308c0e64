using Metering.Core.Languages;

namespace Metering.Collector.Identity.Accounts;

/// <summary>
/// What a password has to be: long, and neither the name nor one key pressed over and over. No rule about digits and
/// signs (NIST SP 800-63B-4, section 3.1.1.2: length counts, composition rules do not).
/// </summary>
internal static class PasswordRules
{
    /// <summary>Characters.</summary>
    public const int LengthMin = 12;

    /// <summary>Characters; what is longer only costs time to hash.</summary>
    public const int LengthMax = 128;

    private const int DifferentMin = 5;

    /// <summary>What is wrong with a password, or null.</summary>
    public static BilingualText? Fault(string password, string name)
    {
        if (password.Length is < LengthMin or > LengthMax)
        {
            return new($"Le mot de passe a {LengthMin} à {LengthMax} caractères.", $"A password has {LengthMin} to {LengthMax} characters.");
        }

        if (password.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return new("Le mot de passe ne contient pas le nom du compte.", "A password does not contain the name of the account.");
        }

        return password.Distinct().Count() < DifferentMin
            ? new($"Le mot de passe a au moins {DifferentMin} caractères différents.", $"A password has at least {DifferentMin} different characters.")
            : null;
    }
}
