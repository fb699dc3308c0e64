using System.Reflection;

namespace Metering.Collector.Notes;

/// <summary>The version that notes and exports print.</summary>
internal static class ProgramVersion
{
    /// <summary>Version of the program, with the revision of its sources where the build knows it.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
