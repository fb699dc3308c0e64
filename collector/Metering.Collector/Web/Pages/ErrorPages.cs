using Metering.Collector.Web.Html;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>What a person sees when something is not there. Never a path of this machine, never a stack.</summary>
internal static class ErrorPages
{
    public static IResult NotFound(HttpRequest request)
    {
        var language = Page.LanguageOf(request);
        return Show(
            request, StatusCodes.Status404NotFound,
            language.Of("Page introuvable", "Page not found"),
            language.Of("Elle n’existe pas, ou votre rôle n’y donne pas accès.", "It is not there, or your role does not open it."));
    }

    /// <summary>A page that says what is wrong, with a way back.</summary>
    public static IResult Show(HttpRequest request, int status, string title, string sentence) => Page.Show(
        request, title,
        Markup.Of($"""<p>{sentence}</p><p><a href="/">{Page.LanguageOf(request).Of("Retour à l’accueil", "Back to the start")}</a></p>"""),
        status);
}
