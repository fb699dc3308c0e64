using System.Text;

namespace Metering.Collector.Notes;

/// <summary>
/// Reads what people write into a note: plain text, a line <c># chapter</c> before each chapter, paragraphs separated by
/// empty lines, list items after a hyphen.
/// </summary>
internal static class NoteNarrative
{
    public static readonly IReadOnlyList<string> Chapters =
        ["synthesis", "operation", "measuring", "consumption", "savings", "comfort", "charges", "usage", "results", "lessons"];

    /// <exception cref="NoteException">A chapter that the note does not have, or text before the first.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string text, string file)
    {
        var chapters = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        var paragraph = new StringBuilder();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                Close();
                var name = line[2..].Trim();
                if (!Chapters.Contains(name))
                {
                    throw new NoteException($"{file}:{number}: chapter '{name}' is not known; allowed are {string.Join(", ", Chapters)}.");
                }

                if (!chapters.TryGetValue(name, out current))
                {
                    chapters[name] = current = [];
                }
            }
            else if (line.Length == 0)
            {
                Close();
            }
            else if (current is null)
            {
                throw new NoteException($"{file}:{number}: text before the first chapter; begin with a line such as '# lessons'.");
            }
            else
            {
                if (line.StartsWith("- ", StringComparison.Ordinal))
                {
                    Close();
                }

                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(line);
            }
        }

        Close();
        return chapters.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Value);

        void Close()
        {
            if (paragraph.Length > 0)
            {
                current!.Add(paragraph.ToString());
                paragraph.Clear();
            }
        }
    }
}
