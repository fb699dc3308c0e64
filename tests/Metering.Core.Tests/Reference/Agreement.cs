using System.Globalization;

namespace Metering.Core.Tests.Reference;

/// <summary>Compares with a published table and keeps the worst error, so that a test can say how well we really agree.</summary>
internal sealed class Agreement(string table)
{
    private readonly List<string> failures = [];
    private double worst;
    private string worstRow = "none";

    public int Rows { get; private set; }

    public void Absolute(string row, double expected, double actual, double tolerance) =>
        Compare(row, expected, actual, Math.Abs(actual - expected), tolerance, "");

    public void Relative(string row, double expected, double actual, double tolerance) =>
        Compare(row, expected, actual, Math.Abs((actual - expected) / expected), tolerance, " relative");

    /// <summary>Anything that is right or wrong without a distance: a class, a refusal.</summary>
    public void Exact<T>(string row, T expected, T actual)
    {
        Rows++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            failures.Add($"{row}: expected {expected}, got {actual}");
        }
    }

    /// <summary>Prints table, rows and worst error, then fails on every row outside its tolerance.</summary>
    public void Check(Xunit.Abstractions.ITestOutputHelper output, int rowsMin)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{table}: {Rows} values compared, worst error {worst:G3} ({worstRow})"));
        Assert.True(failures.Count == 0, $"{table}: {string.Join("; ", failures)}");
        Assert.True(Rows >= rowsMin, $"{table}: only {Rows} values were compared, {rowsMin} are in the table");
    }

    private void Compare(string row, double expected, double actual, double error, double tolerance, string kind)
    {
        Rows++;
        if (!(error <= worst))
        {
            worst = error;
            worstRow = row + kind;
        }

        if (!(error <= tolerance))
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture, $"{row}: expected {expected}, got {actual}, error {error:G3}{kind}, allowed {tolerance}"));
        }
    }
}
