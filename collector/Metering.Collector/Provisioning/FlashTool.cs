namespace Metering.Collector.Provisioning;

/// <summary>A program that flashing needs, and how to get it.</summary>
internal sealed record FlashTool(string Name, string HowToGet)
{
    /// <summary>
    /// The newest version of nanoff whose options are those used here: 3 renames them to verbs
    /// (nanoframework/nanoFirmwareFlasher#374). Each flashing installs exactly this one, beside the sources.
    /// </summary>
    /// <remarks>Published: tag and release v2.5.162 of nanoframework/nanoFirmwareFlasher, 2026-07-30, whose pipeline
    /// (azure-pipelines.yml at that tag) pushes the package before it makes the release. Never installed by this project.</remarks>
    public const string NanoffVersion = "2.5.162";

    /// <summary>Folder of nanoff below the sources' root.</summary>
    public const string NanoffFolder = "artifacts/tools";

    /// <summary>The oldest runtime that this nanoff can store files on: above 1.17.0.257 (nanoframework/nanoFirmwareFlasher#365).</summary>
    public static readonly Version RuntimeMin = new(1, 17, 0, 258);

    public static readonly FlashTool[] All =
    [
        new("nuget", "download nuget.exe from the NuGet project (on Linux and macOS: mono-complete of the Mono project brings it)"),
        new("msbuild", "install Visual Studio 2022 with the extension '.NET nanoFramework', and work in its Developer PowerShell (on Linux and macOS: mono-complete of the Mono project, and the extension nanoframework.vscode-nanoframework)"),
        new("dotnet", "install the .NET SDK, version 10; it fetches nanoff"),
    ];

    /// <summary>Null for a tool that an earlier step brings.</summary>
    public static FlashTool? Of(string name) => All.FirstOrDefault(t => t.Name == name);
}
