using System.Globalization;

namespace Metering.Benchmarks.Mqtt;

/// <summary>CPU time and memory of the measured server, from /proc (Linux).</summary>
internal sealed class ServerProcess(int processId)
{
    /// <summary>/proc counts in ticks of 1/100 s on every Linux of the last decades.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time so far, s.</summary>
    public double CpuSeconds()
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Resident set, bytes.</summary>
    public long ResidentBytes()
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
            .First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
