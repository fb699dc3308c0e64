using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing;

/// <summary>What people wrote: paragraphs, and lines that begin with a hyphen as a list.</summary>
internal static class NarrativeBlocks
{
    public static IEnumerable<NoteBlock> Of(IReadOnlyList<string> paragraphs)
    {
        var list = new List<string>();
        foreach (var paragraph in paragraphs)
        {
            if (paragraph.StartsWith("- ", StringComparison.Ordinal))
            {
                list.Add(paragraph[2..]);
                continue;
            }

            if (list.Count > 0)
            {
                yield return new ListBlock(list);
                list = [];
            }

            yield return new ParagraphBlock(paragraph);
        }

        if (list.Count > 0)
        {
            yield return new ListBlock(list);
        }
    }
}
