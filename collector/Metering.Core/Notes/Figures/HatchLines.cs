namespace Metering.Core.Notes.Figures;

/// <summary>The lines of a hatch, cut at the edges of a box.</summary>
internal static class HatchLines
{
    private const double Spacing = 6;

    public static IEnumerable<IReadOnlyList<Dot>> In(Box box, Hatch hatch)
    {
        if (hatch == Hatch.Cross)
        {
            for (var x = box.X + Spacing / 2; x < box.X + box.Width; x += Spacing)
            {
                yield return [new(x, box.Y), new(x, box.Y + box.Height)];
            }

            for (var y = box.Y + Spacing / 2; y < box.Y + box.Height; y += Spacing)
            {
                yield return [new(box.X, y), new(box.X + box.Width, y)];
            }

            yield break;
        }

        // A falling line is x - y = c within the box; a rising one is its mirror image.
        for (var c = -box.Height + Spacing / 2; c < box.Width; c += Spacing)
        {
            var from = Math.Max(0, c);
            var to = Math.Min(box.Width, c + box.Height);
            if (to > from)
            {
                yield return hatch == Hatch.Falling
                    ? [new(box.X + from, box.Y + from - c), new(box.X + to, box.Y + to - c)]
                    : [new(box.X + from, box.Y + box.Height - (from - c)), new(box.X + to, box.Y + box.Height - (to - c))];
            }
        }
    }
}
