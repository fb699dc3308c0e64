using Xunit;

namespace Metering.Firmware.Tests.Nano;

/// <summary>The gate bites: each construct of tests/Metering.NanoSamples is refused by name, with its replacement.</summary>
public sealed class NanoGatePlantedTests
{
    private const string Namespace = "Metering.NanoSamples.Planted.";

    private static readonly IReadOnlyList<NanoFinding> Findings =
        new NanoGate(NanoApiList.Load()).Inspect(Path.Combine(AppContext.BaseDirectory, "Metering.NanoSamples.dll"), [], Namespace);

    [Theory]
    [InlineData("OwnGenericType`1", "generic type", "a class for the one type")]
    [InlineData("OwnGenericMethod", "generic method Same", "one method a type")]
    [InlineData("UsesGenericDelegate", "Func`1<int>", "a delegate type of your own")]
    [InlineData("UsesActionOfT", "Action`1<int>", "a delegate type of your own")]
    [InlineData("UsesList", "List`1<int>", "ArrayList")]
    [InlineData("UsesLinq", "System.Linq.Enumerable", "a for loop")]
    [InlineData("UsesNullable", "Nullable`1<int>", "a bool beside the value")]
    [InlineData("UsesMultiDimensionalArray", "int[,]", "a jagged array")]
    [InlineData("UsesStackalloc", "stackalloc", "a byte[] kept in a field")]
    [InlineData("UsesCustomNumberFormat", "\"0.00\"", "F, D, X, N, E or G")]
    [InlineData("UsesCustomCompositeFormat", "\"00\"", "F, D, X, N, E or G")]
    [InlineData("UsesInterpolation", "DefaultInterpolatedStringHandler", "StringBuilder.Append")]
    [InlineData("UsesUnseenFormat", "computed format", "a literal format")]
    [InlineData("UsesDoubleToString", "System.Double::ToString()", "scaled integers")]
    [InlineData("UsesChecked", "add.ovf", "a range check before")]
    [InlineData("UsesEnumToString", "Colour.ToString()", "a switch over the values")]
    [InlineData("UsesEnumInText", "Colour as an object", "a switch over the values")]
    [InlineData("HoldsStaticState", "static mutable field Counter", "an instance field")]
    [InlineData("UsesTryParse", "System.Int32::TryParse", "a digit loop")]
    [InlineData("UsesStringReplace", "System.String::Replace(string,string)", "StringBuilder.Replace")]
    [InlineData("UsesDecimal", "System.Decimal", "scaled long integers")]
    [InlineData("UsesDateTimeOffset", "System.DateTimeOffset", "DateTime in UTC")]
    [InlineData("UsesYield", "System.Environment", "nanoframework-api.txt")]
    [InlineData("UsesVolatile", "bool", "a lock or Interlocked")]
    [InlineData("ReadsTheRealClock", "System.DateTime::get_UtcNow()", "the board's seam")]
    [InlineData("WritesTheRealDisk", "System.IO.File::WriteAllText", "the board's seam")]
    [InlineData("SleepsForReal", "System.Threading.Thread::Sleep(int)", "the board's seam")]
    public void Gate_given_a_planted_construct_names_it_and_its_replacement(string type, string what, string instead)
    {
        var findings = Findings.Where(f => f.Where.StartsWith(Namespace + type, StringComparison.Ordinal)).ToList();

        Assert.True(
            findings.Any(f => f.What.Contains(what, StringComparison.Ordinal) && f.Instead.Contains(instead, StringComparison.Ordinal)),
            $"Nothing about '{what}' in:{Environment.NewLine}{string.Join(Environment.NewLine, findings)}");
    }

    [Fact]
    public void Gate_given_code_that_works_on_the_device_stays_silent()
    {
        Assert.DoesNotContain(Findings, f => f.Where.StartsWith(Namespace + "Innocent", StringComparison.Ordinal));
    }
}
