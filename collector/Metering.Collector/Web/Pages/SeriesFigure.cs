using Metering.Collector.Web.Curves;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>A series as a figure of the server: the mean as a line, least to greatest as a band, holes left open.</summary>
internal static class SeriesFigure
{
    private const double Width = 720, Height = 240, Left = 58, Right = 710, Top = 14, Bottom = 206;

    public static Drawing Draw(
        Curve curve, DateTimeOffset from, DateTimeOffset to, string unit, TimeZoneInfo zone, NoteNumbers numbers)
    {
        var marks = new List<Mark>();
        var steps = curve.Steps;
        var least = steps.Count == 0 ? 0 : steps.Min(s => s.Least);
        var most = steps.Count == 0 ? 1 : steps.Max(s => s.Most);
        var upright = new Axis(least, most > least ? most : least + 1, Bottom, Top - Bottom);
        upright.DrawUpright(marks, numbers, Left, Right);
        marks.Add(new Label(4, Top, unit, 10));
        foreach (var month in MonthStarts(from, to, zone))
        {
            var x = X(month);
            marks.Add(new Line([new Dot(x, Bottom), new Dot(x, Bottom + 4)], new Stroke(Palette.Soft)));
            marks.Add(new Label(x, Bottom + 16, numbers.MonthShort(TimeZoneInfo.ConvertTime(month, zone).Month), 10));
        }

        var run = new List<CurveStep>();
        foreach (var step in steps)
        {
            if (run.Count > 0 && step.Start - run[^1].Start > curve.HoleAfter)
            {
                Close();
            }

            run.Add(step);
        }

        Close();
        return new Drawing(Width, Height, marks);

        double X(DateTimeOffset time) => Left + ((Right - Left) * (time - from).Ticks / (to - from).Ticks);

        void Close()
        {
            if (run.Count > 1)
            {
                marks.Add(new Polygon(
                    [.. run.Select(s => new Dot(X(s.Start), upright.At(s.Most))), .. run.AsEnumerable().Reverse().Select(s => new Dot(X(s.Start), upright.At(s.Least)))],
                    new Fill("#cfe0ec"), null));
                marks.Add(new Line([.. run.Select(s => new Dot(X(s.Start), upright.At(s.Mean)))], new Stroke(Palette.Blue, 1.2)));
            }

            run.Clear();
        }
    }

    private static IEnumerable<DateTimeOffset> MonthStarts(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        const int labelsMax = 24;
        var local = TimeZoneInfo.ConvertTime(from, zone);
        var month = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);
        var months = (int)((to - from).TotalDays / 30);
        var stride = Math.Max(1, (months + labelsMax - 1) / labelsMax);
        for (var start = At(month); start < to; month = month.AddMonths(stride), start = At(month))
        {
            yield return start;
        }

        DateTimeOffset At(DateTime unspecified) => new(unspecified, zone.GetUtcOffset(unspecified));
    }
}
