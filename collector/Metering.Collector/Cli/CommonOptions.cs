using System.CommandLine;

namespace Metering.Collector.Cli;

/// <summary>Options that mean the same on every verb.</summary>
public static class CommonOptions
{
    /// <summary>The folder of the store when <c>--data</c> is not given.</summary>
    public const string DefaultDataFolder = "metering-data";

    /// <summary><c>--data DIR</c>: the folder that holds the store.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the store; the output folder of 'demo' is such a folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultDataFolder,
    };

    /// <summary><c>--json</c>: report as JSON on the standard output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Report as JSON." };

    /// <summary><c>--force</c>: overwrite what is there.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Overwrite what is there." };
}
