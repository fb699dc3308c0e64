using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Html;

/// <summary>A long list in pages: query parameter <c>page</c>, from 1.</summary>
internal readonly record struct Pager(int Page, int Size, int Total)
{
    /// <summary>Number of pages, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    /// <summary>Rows before this page.</summary>
    public int Skip => (Page - 1) * Size;

    /// <summary>The page that a request asks for; what is no page of the list is its nearest.</summary>
    public static Pager Of(HttpRequest request, int size, int total)
    {
        var pager = new Pager(1, size, total);
        return int.TryParse(request.Query["page"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var asked)
            ? pager with { Page = Math.Clamp(asked, 1, pager.Pages) }
            : pager;
    }

    /// <summary>Where in the list this is, and the links to its neighbours; nothing where there is one page only.</summary>
    public Markup Links(HttpRequest request, Language language)
    {
        if (Pages == 1)
        {
            return Markup.Empty;
        }

        var numbers = new NoteNumbers(language);
        var previous = Page > 1 ? Link(request, Page - 1, "prev", language.Of("Page précédente", "Previous page")) : Markup.Empty;
        var next = Page < Pages ? Link(request, Page + 1, "next", language.Of("Page suivante", "Next page")) : Markup.Empty;
        return Markup.Of($"""
            <nav class="pager" aria-label="{language.Of("Pages de la liste", "Pages of the list")}">
            {previous}<span>{language.Of("Page", "Page")} {numbers.Number(Page)} / {numbers.Number(Pages)}</span>{next}
            </nav>
            """);
    }

    private static Markup Link(HttpRequest request, int page, string relation, string text) => Markup.Of($"""
        <a rel="{relation}" href="{QueryAddress.With(request, ("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture)))}">{text}</a>
        """);
}
