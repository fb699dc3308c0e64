using System.Globalization;
using System.IO.Compression;
using System.Text;
using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Appliances;

/// <summary>Reads the data set strictly: what is not exactly it is refused, with line and column.</summary>
internal static class AppliancesReader
{
    private static readonly string[] Header = ("time_local,appliances_wh,lights_wh,"
        + "t1_c,rh1_pct,t2_c,rh2_pct,t3_c,rh3_pct,t4_c,rh4_pct,t5_c,rh5_pct,t6_c,rh6_pct,t7_c,rh7_pct,t8_c,rh8_pct,t9_c,rh9_pct,"
        + "t_out_c,rh_out_pct,wind_ms,pressure_mmhg").Split(',');

    /// <summary>No line of the data set comes near it; a file without line ends must not fill the memory.</summary>
    private const int MaxLineLength = 512;

    public static AppliancesDataSet Read(Stream stream, string source)
    {
        var appliances = new int[AppliancesDataSet.Steps];
        var lights = new int[AppliancesDataSet.Steps];
        var temperature = NewRooms();
        var humidity = NewRooms();
        var outdoor = new double[AppliancesDataSet.Steps];
        using var reader = new StreamReader(Unzip(stream), Encoding.ASCII);
        var row = new Row(source);
        RequireHeader(ReadLine(reader, source, 1), source);
        for (var step = 0; ; step++)
        {
            var line = ReadLine(reader, source, step + 2);
            if (line is null)
            {
                RequireWhole(source, step, appliances, lights);
                return new AppliancesDataSet(appliances, lights, temperature, humidity, outdoor);
            }

            if (step == AppliancesDataSet.Steps)
            {
                throw new ScenarioDataException(source, $"line {step + 2}", "more steps", $"{AppliancesDataSet.Steps} steps");
            }

            row.Begin(line, step + 2);
            row.RequireTime(AppliancesDataSet.Start.DateTime.AddMinutes(AppliancesDataSet.StepMinutes * step));
            appliances[step] = row.Energy(1, 2_000);
            lights[step] = row.Energy(2, 2_000);
            for (var room = 0; room < AppliancesDataSet.Rooms; room++)
            {
                temperature[room][step] = row.Number(3 + (2 * room), -40, 60);
                humidity[room][step] = row.Number(4 + (2 * room), 0, 100);
            }

            outdoor[step] = row.Number(21, -40, 60);
        }
    }

    private static double[][] NewRooms() =>
        [.. Enumerable.Range(0, AppliancesDataSet.Rooms).Select(_ => new double[AppliancesDataSet.Steps])];

    private static Stream Unzip(Stream stream)
    {
        var buffered = new BufferedStream(stream);
        var first = buffered.ReadByte();
        buffered.Position = 0;
        return first == 0x1f ? new GZipStream(buffered, CompressionMode.Decompress) : buffered;
    }

    private static string? ReadLine(StreamReader reader, string source, int line)
    {
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var c = reader.Read();
                if (c is -1 or '\n')
                {
                    return c == -1 && text.Length == 0 ? null : text.ToString().TrimEnd('\r');
                }

                if (text.Length == MaxLineLength)
                {
                    throw new ScenarioDataException(source, $"line {line}", $"over {MaxLineLength} characters", "a line of 25 values");
                }

                text.Append((char)c);
            }
        }
        catch (InvalidDataException e)
        {
            throw new ScenarioDataException($"{source}, line {line}: the compressed data are truncated or damaged; allowed: the whole gzip file.", e);
        }
    }

    private static void RequireHeader(string? line, string source)
    {
        if (line is null || !line.Split(',').SequenceEqual(Header))
        {
            throw new ScenarioDataException(source, "line 1", line is null ? "an empty file" : $"'{Shorten(line)}'", $"the header {Header[0]},{Header[1]},...,{Header[^1]}");
        }
    }

    private static void RequireWhole(string source, int steps, int[] appliances, int[] lights)
    {
        if (steps < AppliancesDataSet.Steps)
        {
            throw new ScenarioDataException(source, $"line {steps + 1}", $"the file ends after {steps} steps", $"{AppliancesDataSet.Steps} steps");
        }

        if (appliances.Sum(v => (long)v) != AppliancesDataSet.AppliancesWh || lights.Sum(v => (long)v) != AppliancesDataSet.LightsWh)
        {
            throw new ScenarioDataException(
                source,
                "totals",
                $"{appliances.Sum(v => (long)v)} and {lights.Sum(v => (long)v)} Wh",
                $"{AppliancesDataSet.AppliancesWh} Wh of appliances and {AppliancesDataSet.LightsWh} Wh of lights");
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    /// <summary>One line, taken apart.</summary>
    private sealed class Row(string source)
    {
        private string[] _cells = [];
        private int _line;

        public void Begin(string line, int number)
        {
            _line = number;
            _cells = line.Split(',');
            if (_cells.Length != Header.Length)
            {
                throw new ScenarioDataException(source, $"line {number}", $"{_cells.Length} values", $"{Header.Length} values");
            }
        }

        public void RequireTime(DateTime expected)
        {
            var text = expected.ToString("s", CultureInfo.InvariantCulture);
            if (_cells[0] != text)
            {
                throw new ScenarioDataException(source, $"line {_line}, {Header[0]}", $"'{Shorten(_cells[0])}'", $"{text} (ten minutes after the line before)");
            }
        }

        public int Energy(int column, int max)
        {
            if (int.TryParse(_cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out var wh)
                && wh <= max && wh % AppliancesDataSet.PulseWeightWh == 0)
            {
                return wh;
            }

            throw Bad(column, $"a multiple of {AppliancesDataSet.PulseWeightWh} Wh from 0 to {max}");
        }

        public double Number(int column, double min, double max)
        {
            if (double.TryParse(_cells[column], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value >= min && value <= max)
            {
                return value;
            }

            throw Bad(column, $"a number from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}");
        }

        private ScenarioDataException Bad(int column, string allowed) =>
            new(source, $"line {_line}, {Header[column]}", $"'{Shorten(_cells[column])}'", allowed);
    }
}
