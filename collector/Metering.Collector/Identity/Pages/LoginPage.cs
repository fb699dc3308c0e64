using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>/login</c> and <c>/logout</c>.</summary>
internal static class LoginPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AccessAnswers.LoginPath, (HttpRequest request) => Show(request, Back(request.Query["return"]), null, StatusCodes.Status200OK)).OpenToAll();
        routes.MapPost(AccessAnswers.LoginPath, LogInAsync).OpenToAll();
        routes.MapPost("/logout", LogOutAsync).RequirePermission(Permission.UseAccount);
    }

    private static IResult Show(HttpRequest request, string back, string? fault, int status)
    {
        var language = Page.LanguageOf(request);
        return Page.Show(request, language.Of("Connexion", "Log in"), Markup.Of($"""
            {Form.Fault(fault)}
            <form class="narrow" method="post" action="{AccessAnswers.LoginPath}">
            {FormToken.Field(request.HttpContext)}{Form.Hidden("return", back)}
            {Form.Text("name", language.Of("Nom du compte", "Account name"), Form.Value(request, "name"), "username")}
            {Form.Password("password", language.Of("Mot de passe", "Password"), "current-password")}
            {Form.Button(language.Of("Se connecter", "Log in"))}
            </form>
            <p class="hint">{language.Of("Mot de passe oublié : un administrateur envoie un nouveau lien.", "Password forgotten: an administrator sends a new link.")}</p>
            """), status);
    }

    private static async Task<IResult> LogInAsync(HttpRequest request, LoginService logins, CancellationToken cancellationToken)
    {
        var context = request.HttpContext;
        var language = Page.LanguageOf(request);
        var back = Back(Form.Value(request, "return"));
        var (outcome, token) = await logins.LogInAsync(
            Form.Value(request, "name"), Form.Value(request, "password"), ClientAddress.Of(context), cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case LoginOutcome.In:
                SessionCookie.Write(context, token!);
                return Results.LocalRedirect(back.Length == 0 ? "/" : back);
            case LoginOutcome.TooMany:
                context.Response.Headers.RetryAfter = "900";
                return Show(request, back, language.Of("Trop d’essais. Réessayer dans un quart d’heure.", "Too many tries. Try again in a quarter of an hour."), StatusCodes.Status429TooManyRequests);
            default:
                return Show(
                    request, back,
                    language.Of(
                        "Nom ou mot de passe incorrect, ou compte verrouillé. Après dix essais un compte reste fermé un quart d’heure.",
                        "Name or password is wrong, or the account is locked. After ten tries an account stays closed for a quarter of an hour."),
                    StatusCodes.Status403Forbidden);
        }
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (SessionCookie.Read(context) is { } token)
        {
            await sessions.EndAsync(token, cancellationToken).ConfigureAwait(false);
        }

        SessionCookie.Clear(context);
        return Results.LocalRedirect(AccessAnswers.LoginPath);
    }

    /// <summary>Leads back inside this site only: one slash, then no second one and no backslash.</summary>
    private static string Back(string? wanted) =>
        wanted is { Length: > 1 and <= 1000 } && wanted[0] == '/' && wanted[1] is not ('/' or '\\') && !wanted.Any(char.IsControl) ? wanted : "";
}
