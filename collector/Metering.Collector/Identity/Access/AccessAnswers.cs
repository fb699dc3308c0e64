using Metering.Collector.Web.Pages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Access;

/// <summary>What the gate says when it does not let through: pages for people, problem details (RFC 9457) for programs.</summary>
internal static class AccessAnswers
{
    public const string LoginPath = "/login";

    /// <summary>Characters of an address that the login page leads back to.</summary>
    private const int ReturnCharsMax = 1000;

    public static Task LogInAsync(HttpContext context)
    {
        if (!WantsPage(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"metering\"";
            return Problem(context, StatusCodes.Status401Unauthorized, "Not logged in", "Send an API key (Authorization: Bearer KEY), or log in.");
        }

        var wanted = context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        var back = HttpMethods.IsGet(context.Request.Method) && wanted.Length is > 1 and <= ReturnCharsMax ? "?return=" + Uri.EscapeDataString(wanted) : "";
        context.Response.Redirect(LoginPath + back);
        return Task.CompletedTask;
    }

    public static Task ForbiddenAsync(HttpContext context)
    {
        var language = Page.LanguageOf(context.Request);
        return WantsPage(context)
            ? ErrorPages.Show(
                context.Request, StatusCodes.Status403Forbidden,
                language.Of("Accès refusé", "Not allowed"),
                language.Of("Votre rôle ne donne pas accès à cette page. Un administrateur peut le changer.", "Your role does not open this page. An administrator can change it.")).ExecuteAsync(context)
            : Problem(context, StatusCodes.Status403Forbidden, "Not allowed", "Your role, or the scopes of your key, do not allow this.");
    }

    public static Task NotFoundAsync(HttpContext context) => WantsPage(context)
        ? ErrorPages.NotFound(context.Request).ExecuteAsync(context)
        : Problem(context, StatusCodes.Status404NotFound, "Not found", "There is no such resource.");

    public static Task NoFormTokenAsync(HttpContext context)
    {
        var language = Page.LanguageOf(context.Request);
        return WantsPage(context)
            ? ErrorPages.Show(
                context.Request, StatusCodes.Status400BadRequest,
                language.Of("Formulaire périmé", "The form is out of date"),
                language.Of("Recharger la page et recommencer.", "Load the page again and repeat.")).ExecuteAsync(context)
            : Problem(context, StatusCodes.Status400BadRequest, "No form token", "A change needs an API key, or the form token of a page in the header X-Form-Token.");
    }

    public static Task Problem(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);

    /// <summary>Whether a person looks: the browser asks for HTML, outside of the API.</summary>
    public static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && context.GetEndpoint()?.Metadata.GetMetadata<AcceptsApiKeys>() is null
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
