using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;
using DevicePins = Metering.Firmware.Device.BoardPins;

namespace Metering.Firmware.Tests.Device;

/// <summary>
/// The device project, as far as it can be checked without its packages and its project system: nobody builds it here.
/// </summary>
public sealed class DeviceProjectTests
{
    private const string ProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

    private static readonly string Root = FindRoot();
    private static readonly string Folder = Path.Combine(Root, "firmware", "Metering.Firmware.Device");
    private static readonly XDocument Project = XDocument.Load(Path.Combine(Folder, "Metering.Firmware.Device.nfproj"));
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";

    private static readonly (string Id, string Version, string Assembly)[] Published =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "nanoframework", "packages.csv"))
            .Skip(1).Select(l => l.Split(',')).Select(c => (c[0], c[1], c[2]))];

    [Fact]
    public void Packages_have_the_exact_published_versions()
    {
        var listed = XDocument.Load(Path.Combine(Folder, "packages.config")).Root!.Elements("package")
            .Select(p => (p.Attribute("id")!.Value, p.Attribute("version")!.Value, p.Attribute("targetFramework")!.Value));

        Assert.Equal(Published.Select(p => (p.Id, p.Version, "netnano1.0")), listed);
    }

    [Fact]
    public void References_name_each_package_s_assembly_in_the_folder_that_restore_makes()
    {
        var references = Project.Descendants(Build + "Reference")
            .Select(r => (r.Attribute("Include")!.Value, r.Element(Build + "HintPath")!.Value));

        Assert.Equal(Published.Select(p => (p.Assembly, $@"..\..\packages\{p.Id}.{p.Version}\lib\{p.Assembly}.dll")), references);
    }

    [Fact]
    public void Every_source_file_of_wire_firmware_and_device_is_compiled_once()
    {
        var compiled = new List<string>();
        foreach (var include in Project.Descendants(Build + "Compile").Select(c => c.Attribute("Include")!.Value))
        {
            if (!include.Contains('*', StringComparison.Ordinal))
            {
                compiled.Add(Path.GetFullPath(Path.Combine(Folder, include)));
                continue;
            }

            Assert.EndsWith(@"\**\*.cs", include, StringComparison.Ordinal);
            var folder = Path.GetFullPath(Path.Combine(Folder, include[..^@"\**\*.cs".Length].Replace('\\', Path.DirectorySeparatorChar)));
            compiled.AddRange(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories));
        }

        var sources = new[] { "Metering.Wire", "Metering.Firmware", "Metering.Firmware.Device" }
            .SelectMany(p => Directory.GetFiles(Path.Combine(Root, "firmware", p), "*.cs", SearchOption.AllDirectories));
        Assert.Equal(sources.Order(StringComparer.Ordinal), compiled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Solution_lists_the_project_and_never_builds_it()
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "Metering.sln"));
        var entry = Assert.Single(lines, l => l.Contains("Metering.Firmware.Device.nfproj", StringComparison.Ordinal));
        Assert.StartsWith($"Project(\"{ProjectType}\")", entry, StringComparison.Ordinal);
        var id = Regex.Match(entry, "\"(\\{[0-9A-F-]+\\})\"$").Groups[1].Value;
        Assert.Equal(id, Project.Descendants(Build + "ProjectGuid").Single().Value);
        Assert.StartsWith(ProjectType, Project.Descendants(Build + "ProjectTypeGuids").Single().Value, StringComparison.Ordinal);

        var configurations = lines.Where(l => l.Contains(id + ".", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, configurations.Count);
        Assert.All(configurations, l => Assert.Contains(".ActiveCfg = ", l, StringComparison.Ordinal));
    }

    [Fact]
    public void Project_system_is_imported_only_where_it_is_installed()
    {
        var imports = Project.Root!.Elements(Build + "Import").ToList();

        Assert.Equal(
            ["NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets"],
            imports.Select(i => i.Attribute("Project")!.Value.Split(')')[^1]));
        Assert.All(imports, i => Assert.Equal($"Exists('{i.Attribute("Project")!.Value}')", i.Attribute("Condition")!.Value));
        Assert.Equal("v1.0", Project.Descendants(Build + "TargetFrameworkVersion").Single().Value);
        Assert.Equal("9.0", Project.Descendants(Build + "LangVersion").Single().Value);
    }

    [Fact]
    public void Pins_are_those_of_the_hardware()
    {
        using var map = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "hardware", "board", "pinmap.json")));
        int Pin(string name) => map.RootElement.GetProperty(name).GetInt32();
        var channels = map.RootElement.GetProperty("channels").EnumerateArray().Select(c => c.GetInt32()).ToArray();

        var pins = DevicePins.Create();

        Assert.Equal(channels, pins.PulsePins);
        Assert.Equal((Pin("led"), Pin("button"), Pin("powerFail")), (pins.LedPin, pins.ButtonPin, pins.PowerFailPin));
        Assert.Equal((Pin("sda"), Pin("scl")), (pins.SdaPin, pins.SclPin));
        Assert.Equal((Pin("uart2Rx"), Pin("uart2Tx")), (DevicePins.Uart2Rx, DevicePins.Uart2Tx));
    }

    [Fact]
    public void Virtual_boards_are_wired_as_the_device()
    {
        var (device, simulated) = (DevicePins.Create(), Metering.Firmware.BoardPins.Standard());

        Assert.Equal(device.PulsePins, simulated.PulsePins);
        Assert.Equal(
            (device.LedPin, device.ButtonPin, device.PowerFailPin, device.I2cBus, device.SdaPin, device.SclPin, device.JournalSegmentsMax),
            (simulated.LedPin, simulated.ButtonPin, simulated.PowerFailPin, simulated.I2cBus, simulated.SdaPin, simulated.SclPin, simulated.JournalSegmentsMax));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Metering.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Metering.sln is not above the tests.");
    }
}
