using Metering.Collector.Api;
using Metering.Collector.Identity.Access;
using Metering.Collector.Web.Curves;
using Metering.Core.Languages;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// <c>/points/ID/curve</c> and <c>/points/ID/figure</c>: a curve of a point as numbers for the page's script, and as a picture
/// for a page without one. Query: <c>kind</c>, and for the numbers <c>from</c>, <c>to</c> (Unix seconds) and <c>steps</c>.
/// </summary>
internal static class PointCurves
{
    private const int FigureSteps = 360;
    private const int StepsDefault = 720;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/points/{id}/curve", NumbersAsync).RequirePermission(Permission.ViewReadings).ForPoint("id");
        routes.MapGet("/points/{id}/figure", FigureAsync).RequirePermission(Permission.ViewReadings).ForPoint("id");
    }

    private static async Task<IResult> NumbersAsync(
        string id, string? kind, string? from, string? to, string? steps, VisibleRegistry registry, CurveReader curves, CancellationToken cancellationToken)
    {
        if (CurvePoint.Of(registry.Snapshot, id) is not { } point || !CurveKinds.TryParse(kind, out var wanted) || point.Channels(wanted).Count == 0)
        {
            return ApiProblem.NotFound("curve of the point");
        }

        var count = StepsDefault;
        if (steps is not null && !(int.TryParse(steps, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out count) && count is >= 1 and <= CurveReader.StepsMax))
        {
            return ApiProblem.Bad("steps", $"allowed is 1 to {CurveReader.StepsMax}");
        }

        if (!ApiInstant.TryRead(from, out var begin) || !ApiInstant.TryRead(to, out var end))
        {
            return ApiProblem.Bad("from, to", "allowed are Unix seconds or ISO 8601 instants");
        }

        var channels = point.Channels(wanted);
        if (begin is null || end is null)
        {
            if (await curves.ExtentAsync(channels, cancellationToken).ConfigureAwait(false) is not { } extent)
            {
                return TypedResults.Json(CurveAnswer.Of(new Curve([], TimeSpan.Zero, 0, 0)));
            }

            begin ??= extent.First;
            end ??= extent.Last.AddSeconds(1);
        }

        return end <= begin
            ? ApiProblem.Bad("to", "must be later than from")
            : TypedResults.Json(CurveAnswer.Of(await curves.ReadAsync(wanted, point.Point, point.Building, channels, begin.Value, end.Value, count, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<IResult> FigureAsync(
        string id, string? kind, HttpRequest request, VisibleRegistry registry, CurveReader curves, CancellationToken cancellationToken)
    {
        if (CurvePoint.Of(registry.Snapshot, id) is not { } point || !CurveKinds.TryParse(kind, out var wanted)
            || await curves.ExtentAsync(point.Channels(wanted), cancellationToken).ConfigureAwait(false) is not { } extent)
        {
            return Results.NotFound();
        }

        var language = Page.LanguageOf(request);
        var numbers = new NoteNumbers(language);
        var (from, to) = (extent.First, extent.Last.AddSeconds(1));
        var curve = await curves.ReadAsync(wanted, point.Point, point.Building, point.Channels(wanted), from, to, FigureSteps, cancellationToken).ConfigureAwait(false);
        var name = CurveKinds.Name(wanted, language);
        var drawing = SeriesFigure.Draw(curve, from, to, CurveKinds.Unit(wanted, language), point.Zone, numbers);
        var description = language.Of(
            $"{numbers.Number(curve.Count)} valeurs, {numbers.Number(curve.Missing)} manquantes.", $"{numbers.Number(curve.Count)} values, {numbers.Number(curve.Missing)} missing.");
        return Results.Text(SvgFigureWriter.Write(drawing, "curve", name, description, standalone: true), "image/svg+xml; charset=utf-8");
    }
}

/// <summary>A curve in columns, as uPlot takes them; a hole is a row of nulls. Times are Unix seconds.</summary>
internal sealed record CurveAnswer(
    IReadOnlyList<double> Time, IReadOnlyList<double?> Least, IReadOnlyList<double?> Mean, IReadOnlyList<double?> Most, long Count, long Missing)
{
    public static CurveAnswer Of(Curve curve)
    {
        var answer = new CurveAnswer(new List<double>(), new List<double?>(), new List<double?>(), new List<double?>(), curve.Count, curve.Missing);
        CurveStep? before = null;
        foreach (var step in curve.Steps)
        {
            if (before is { } b && step.Start - b.Start > curve.HoleAfter)
            {
                answer.Add(b.Start + (step.Start - b.Start) / 2, null, null, null);
            }

            answer.Add(step.Start, Math.Round(step.Least, 3), Math.Round(step.Mean, 3), Math.Round(step.Most, 3));
            before = step;
        }

        return answer;
    }

    private void Add(DateTimeOffset time, double? least, double? mean, double? most)
    {
        ((List<double>)Time).Add(time.ToUnixTimeMilliseconds() / 1000.0);
        ((List<double?>)Least).Add(least);
        ((List<double?>)Mean).Add(mean);
        ((List<double?>)Most).Add(most);
    }
}
