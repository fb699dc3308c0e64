using Xunit;

namespace Metering.Firmware.Tests.Nano;

/// <summary>Everything that goes onto the device uses what the device has.</summary>
public sealed class NanoGateTests
{
    private static readonly string[] Own = ["Metering.Wire", "Metering.Firmware"];

    [Theory]
    [InlineData("Metering.Wire")]
    [InlineData("Metering.Firmware")]
    public void Firmware_assembly_uses_only_what_the_device_has(string assembly)
    {
        var findings = new NanoGate(NanoApiList.Load()).Inspect(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), Own);

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public void Device_project_sources_use_only_what_the_device_has()
    {
        var findings = new NanoGate(NanoApiList.Load()).Inspect(
            Path.Combine(AppContext.BaseDirectory, "Metering.NanoSamples.dll"), Own, "Metering.Firmware.Device", realWorldAllowed: true);

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public void Allow_list_is_read_whole()
    {
        var list = NanoApiList.Load();

        // grep -cE '^ {0,2}[a-z].*(class|struct|interface|enum|delegate) ' over the file, less the types named twice.
        Assert.Equal(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "nanoframework", "nanoframework-api.txt"))
            .Where(l => l.Length > 0 && l[0] != '#' && (l[0] != ' ' || (l[2] != ' ' && l[1] == ' ')))
            .Select(l => l.Trim().Split(" : ")[0]).Distinct().Count(), list.TypeCount);
        Assert.True(list.Has("System.Text.StringBuilder", "Append(int)"));
        Assert.True(list.Has("System.String", "get_Chars(int)"));
        Assert.True(list.Has("System.Collections.Hashtable", "get_Item(object)"));
        Assert.True(list.Has("System.DateTime", "op_Subtraction(DateTime,DateTime)"));
        Assert.True(list.Has("System.Device.Gpio.GpioPulseCounter", "Read()"));
        Assert.True(list.Has("System.IO.FileStream", "Dispose()"), "inherited from Stream");
        Assert.True(list.Has("System.SpanByte", "op_Implicit(byte[]):SpanByte"));
        Assert.False(list.Has("System.String", "Replace(string,string)"));
        Assert.False(list.Has("System.IO.File", "ReadAllLines(string)"));
    }
}
