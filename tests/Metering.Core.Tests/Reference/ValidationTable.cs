using System.Globalization;
using System.Text.Json;

namespace Metering.Core.Tests.Reference;

/// <summary>One scalar row of a table of validation-data-comfort-models.</summary>
internal sealed class ValidationRow(int number, JsonElement inputs, JsonElement outputs, int element, string source)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"row {number}{(element > 0 ? $"[{element}]" : "")} {source}").TrimEnd();

    public string Source => source;

    public bool IsImperial => inputs.TryGetProperty("units", out var units)
        && string.Equals(units.GetString(), "ip", StringComparison.OrdinalIgnoreCase);

    public bool HasInput(string key) => inputs.TryGetProperty(key, out _);

    public bool HasOutput(string key) => outputs.TryGetProperty(key, out _);

    public double Input(string key) => Scalar(inputs.GetProperty(key)).GetDouble();

    public string? Text(string key) => inputs.TryGetProperty(key, out var value) ? value.GetString() : null;

    public bool Flag(string key, bool otherwise) => inputs.TryGetProperty(key, out var value) ? value.GetBoolean() : otherwise;

    /// <summary>°C, converted from °F in imperial rows.</summary>
    public double Celsius(string key) => IsImperial ? (Input(key) - 32) * 5 / 9 : Input(key);

    /// <summary>m/s, converted from ft/s in imperial rows.</summary>
    public double MetresPerSecond(string key) => IsImperial ? Input(key) * 0.3048 : Input(key);

    /// <summary>The expected number; null where the table says that the model does not apply.</summary>
    public double? Output(string key)
    {
        var value = Scalar(outputs.GetProperty(key));
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }

    public bool OutputFlag(string key) => Scalar(outputs.GetProperty(key)).GetBoolean();

    public string OutputText(string key) => Scalar(outputs.GetProperty(key)).GetString()!;

    private JsonElement Scalar(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value[element] : value;
}

/// <summary>A whole table: vector rows are spread, a scalar beside a vector holds for each of its elements.</summary>
internal sealed class ValidationTable : IDisposable
{
    private readonly JsonDocument document;

    public ValidationTable(string name)
    {
        document = ReferenceFile.Json($"comfort/{name}.json");
        Name = name;
        var rows = new List<ValidationRow>();
        var number = 0;
        foreach (var row in document.RootElement.GetProperty("data").EnumerateArray())
        {
            number++;
            var (inputs, outputs) = (row.GetProperty("inputs"), row.GetProperty("outputs"));
            var source = row.TryGetProperty("source", out var s) ? s.GetString()! : "";
            for (var i = 0; i < Length(inputs, outputs); i++)
            {
                rows.Add(new ValidationRow(number, inputs, outputs, i, source));
            }
        }

        Rows = rows;
    }

    public string Name { get; }

    public IReadOnlyList<ValidationRow> Rows { get; }

    public double Tolerance(string key) => document.RootElement.GetProperty("tolerance").GetProperty(key).GetDouble();

    public void Dispose() => document.Dispose();

    private static int Length(JsonElement inputs, JsonElement outputs) => inputs.EnumerateObject()
        .Concat(outputs.EnumerateObject())
        .Select(p => p.Value.ValueKind == JsonValueKind.Array ? p.Value.GetArrayLength() : 1)
        .Max();
}
