namespace Metering.Firmware.Tests.Nano;

/// <summary>
/// The same C# call that the two compilers bind differently: on .NET 10 to an overload that nanoFramework lacks, there to
/// one that it has and that means the same.
/// </summary>
internal static class NanoTwins
{
    private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal)
    {
        // lock statements: with no (object, ref bool) overload the compiler falls back to Enter(object).
        ["System.Threading.Monitor::Enter(object,ref bool)"] = "Enter(object)",
        // One to three arguments: nanoFramework has the params array only.
        ["System.String::Format(string,object)"] = "Format(string,object[])",
        ["System.String::Format(string,object,object)"] = "Format(string,object[])",
        ["System.String::Format(string,object,object,object)"] = "Format(string,object[])",
        // Optional StringSplitOptions: nanoFramework has the params array only.
        ["System.String::Split(char,StringSplitOptions)"] = "Split(char[])",
        ["System.String::Trim(char)"] = "Trim(char[])",
        ["System.String::TrimEnd(char)"] = "TrimEnd(char[])",
        ["System.String::TrimStart(char)"] = "TrimStart(char[])",
        ["System.String::PadLeft(int)"] = "PadLeft(int,char)",
        ["System.String::PadRight(int)"] = "PadRight(int,char)",
    };

    public static string Resolve(string type, string member) => Twins.GetValueOrDefault($"{type}::{member}", member);
}
