namespace Metering.Collector.Provisioning;

/// <summary>A program that flashing needs, and how to get it.</summary>
internal sealed record FlashTool(string Name, string HowToGet)
{
    /// <summary>nanoff 3 renames its options to verbs; these commands are those of 2.5 (nanoframework/nanoFirmwareFlasher#374).</summary>
    public const string NanoffVersion = "2.5.*";

    public static readonly FlashTool[] All =
    [
        new("nuget", "download nuget.exe from the NuGet project (on Linux and macOS: mono-complete of the Mono project brings it)"),
        new("msbuild", "install Visual Studio 2022 with the extension '.NET nanoFramework', and work in its Developer PowerShell (on Linux and macOS: mono-complete of the Mono project, and the extension nanoframework.vscode-nanoframework)"),
        new("nanoff", $"dotnet tool install -g nanoff --version \"{NanoffVersion}\""),
    ];

    public static FlashTool Of(string name) => All.First(t => t.Name == name);
}
