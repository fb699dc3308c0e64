using System.Globalization;

namespace Metering.Benchmarks.Storage;

/// <summary><c>storage fleet</c>: how many boards and years, and where the file goes.</summary>
/// <param name="Boards">Boards of six channels each.</param>
/// <param name="Years">Years of one sample every ten minutes.</param>
/// <param name="Directory">Where the file is made and kept; null: a folder of the run, removed at its end.</param>
internal sealed record FleetOptions(int Boards, int Years, string? Directory)
{
    internal const string Usage = "storage fleet [--boards 200] [--years 2] [--directory FOLDER]";

    /// <summary>The options, or null where one is not known or not a number from 1 on.</summary>
    internal static FleetOptions? Parse(string[] args)
    {
        var options = new FleetOptions(200, 2, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
            {
                return null;
            }

            var value = args[i + 1];
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (args[i])
            {
                case "--boards" when number > 0:
                    options = options with { Boards = number };
                    break;
                case "--years" when number > 0:
                    options = options with { Years = number };
                    break;
                case "--directory":
                    options = options with { Directory = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
