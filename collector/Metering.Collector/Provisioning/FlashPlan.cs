using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>What <c>metering flash</c> was asked for.</summary>
internal sealed record FlashRequest
{
    /// <summary>EUI-64.</summary>
    public required string Board { get; init; }

    /// <summary>Serial port, such as COM5 or /dev/ttyUSB0.</summary>
    public required string SerialPort { get; init; }

    /// <summary>Folder that <c>provision board</c> wrote.</summary>
    public required string BoardFolder { get; init; }

    /// <summary>Root of the project's sources.</summary>
    public required string SourceFolder { get; init; }

    /// <summary>nanoFramework target.</summary>
    public string Target { get; init; } = "ESP32_REV3";

    /// <summary>Version of the nanoFramework runtime, or null: nanoff's newest stable one.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Erases the whole flash first, Wi-Fi, certificates and journal included.</summary>
    public bool Erase { get; init; }

    /// <summary>Folder of the nanoFramework project system, needed where msbuild is Mono's.</summary>
    public string? ProjectSystemPath { get; init; }
}

/// <summary>The exact commands, in order.</summary>
internal sealed record FlashPlan(FlashRequest Request, IReadOnlyList<FlashStep> Steps, IReadOnlyList<FlashDocument> Documents)
{
    private const string DeviceFolder = "firmware/Metering.Firmware.Device";
    private const string DeviceProject = DeviceFolder + "/Metering.Firmware.Device.nfproj";
    private const string Image = DeviceFolder + "/bin/Release/Metering.Firmware.Device.bin";

    /// <exception cref="UsageException">The board was not provisioned, or the sources are not there.</exception>
    public static FlashPlan Create(FlashRequest request)
    {
        Check(request);
        var deployment = FlashDocument.Deployment(request);
        var port = request.SerialPort;
        var nanoff = Path.Combine(request.SourceFolder, FlashTool.NanoffFolder, OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff");
        var steps = new List<FlashStep>
        {
            new("Fetch the nanoFramework packages", "nuget", ["restore", DeviceFolder + "/packages.config", "-PackagesDirectory", "packages"], request.SourceFolder),
            new("Build the firmware", "msbuild", Build(request), request.SourceFolder),
            new("Fetch nanoff " + FlashTool.NanoffVersion, "dotnet", ["tool", "update", "nanoff", "--version", FlashTool.NanoffVersion, "--allow-downgrade", "--tool-path", FlashTool.NanoffFolder], request.SourceFolder),
            new("Flash the nanoFramework runtime", nanoff, Runtime(request), request.SourceFolder),
            new("Deploy the firmware", nanoff, ["--target", request.Target, "--serialport", port, "--deploy", "--image", Image], request.SourceFolder),
            new("Deploy Wi-Fi and certificates", nanoff, ["--networkdeployment", deployment[0].Name], request.BoardFolder),
            new("Deploy the settings", nanoff, ["--filedeployment", deployment[1].Name], request.BoardFolder),
        };
        return new FlashPlan(request, steps, deployment);
    }

    private static string[] Build(FlashRequest request)
    {
        var arguments = new List<string> { DeviceProject, "-p:Configuration=Release", "-p:Platform=AnyCPU", "-verbosity:minimal" };
        if (request.ProjectSystemPath is { } path)
        {
            arguments.Add("-p:NanoFrameworkProjectSystemPath=" + path);
        }

        return [.. arguments];
    }

    private static string[] Runtime(FlashRequest request)
    {
        var arguments = new List<string> { "--update", "--target", request.Target, "--serialport", request.SerialPort };
        if (request.RuntimeVersion is { } version)
        {
            arguments.AddRange(["--fwversion", version]);
        }

        if (request.Erase)
        {
            arguments.Add("--masserase");
        }

        return [.. arguments];
    }

    private static void Check(FlashRequest request)
    {
        var folder = new BoardFolder(request.BoardFolder);
        foreach (var file in new[] { folder.Settings, folder.Network })
        {
            if (!File.Exists(file))
            {
                throw new UsageException($"--board: {file} is not there; run 'metering provision board' first, or name the board's folder with --files.");
            }
        }

        var project = Path.Combine(request.SourceFolder, DeviceProject);
        if (!File.Exists(project))
        {
            throw new UsageException($"--source: {project} is not there; allowed is the root folder of the project's sources.");
        }

        if (request.RuntimeVersion is { } runtime && (!Version.TryParse(runtime, out var version) || version < FlashTool.RuntimeMin))
        {
            throw new UsageException($"--runtime-version: '{runtime}' was given; allowed is {FlashTool.RuntimeMin} and up, on which nanoff {FlashTool.NanoffVersion} can store files.");
        }

        if (request.SerialPort.Length == 0)
        {
            throw new UsageException("--port: nothing was given; allowed is a serial port such as COM5 or /dev/ttyUSB0.");
        }
    }
}
