using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

public sealed class DayTypesTests
{
    /// <summary>Easter Sundays of published calendars, the earliest and the latest possible among them.</summary>
    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("1961-04-02")]
    [InlineData("2000-04-23")]
    [InlineData("2016-03-27")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2038-04-25")]
    public void Easter_falls_on_the_day_of_the_calendar(string day)
    {
        var easter = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(easter, DayTypes.Easter(easter.Year));
    }

    /// <summary>The eleven public holidays of 2024 in France (Code du travail, L. 3133-1).</summary>
    [Fact]
    public void Year_2024_has_its_eleven_public_holidays()
    {
        DateOnly[] expected =
        [
            new(2024, 1, 1), new(2024, 4, 1), new(2024, 5, 1), new(2024, 5, 8), new(2024, 5, 9), new(2024, 5, 20), new(2024, 7, 14),
            new(2024, 8, 15), new(2024, 11, 1), new(2024, 11, 11), new(2024, 12, 25),
        ];

        Assert.Equal(expected, Enumerable.Range(0, 366).Select(new DateOnly(2024, 1, 1).AddDays).Where(DayTypes.IsHoliday));
    }

    [Theory]
    [InlineData("2024-05-10", DayType.Working)]
    [InlineData("2024-05-11", DayType.Saturday)]
    [InlineData("2024-05-12", DayType.Closed)]
    [InlineData("2024-05-09", DayType.Closed)]
    public void Day_is_sorted_by_the_calendar(string day, DayType expected) =>
        Assert.Equal(expected, DayTypes.Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
}
