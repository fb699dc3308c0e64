using Metering.Collector.Web.Html;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>What a person sees when something is not there. Never a path of this machine, never a stack.</summary>
internal static class ErrorPages
{
    public static IResult NotFound(HttpRequest request)
    {
        var language = Page.LanguageOf(request);
        return Page.Show(
            request,
            language.Of("Page introuvable", "Page not found"),
            Markup.Of($"""<p><a href="/">{language.Of("Retour aux bâtiments", "Back to the buildings")}</a></p>"""),
            StatusCodes.Status404NotFound);
    }
}
