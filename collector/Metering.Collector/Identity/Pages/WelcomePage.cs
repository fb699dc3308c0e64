using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>/welcome?token=…</c>: the owner of a one-time link sets a password. Looking at the page does not use the link up.</summary>
internal static class WelcomePage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(OneTimeLinks.Path, ShowAsync).OpenToAll();
        routes.MapPost(OneTimeLinks.Path, SetAsync).OpenToAll();
    }

    private static async Task<IResult> ShowAsync(HttpRequest request, OneTimeLinks links, CancellationToken cancellationToken)
    {
        var token = request.Query["token"].ToString();
        return token.Length == SecretToken.Chars && await links.FindAsync(token, cancellationToken).ConfigureAwait(false) is { } account
            ? Show(request, token, account, null, StatusCodes.Status200OK)
            : Over(request);
    }

    private static async Task<IResult> SetAsync(HttpRequest request, OneTimeLinks links, LoginService logins, SessionStore sessions, CancellationToken cancellationToken)
    {
        var token = Form.Value(request, "token");
        if (token.Length != SecretToken.Chars || await links.FindAsync(token, cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return Over(request);
        }

        var language = Page.LanguageOf(request);
        var password = Form.Value(request, "password");
        if (NewPassword.Fault(request, account.Name, language) is { } fault)
        {
            return Show(request, token, account, fault, StatusCodes.Status400BadRequest);
        }

        if (await logins.HashAsync(password, cancellationToken).ConfigureAwait(false) is not { } hash)
        {
            return Show(request, token, account, language.Of("Trop d’essais à la fois. Réessayer.", "Too many at once. Try again."), StatusCodes.Status429TooManyRequests);
        }

        if (await links.UseAsync(token, hash, cancellationToken).ConfigureAwait(false) is not { } owner)
        {
            return Over(request);
        }

        SessionCookie.Write(request.HttpContext, await sessions.StartAsync(owner.Id, ClientAddress.Of(request.HttpContext), cancellationToken).ConfigureAwait(false));
        return Results.LocalRedirect("/");
    }

    private static IResult Show(HttpRequest request, string token, Account account, string? fault, int status)
    {
        var language = Page.LanguageOf(request);
        return Page.Show(request, language.Of("Choisir un mot de passe", "Choose a password"), Markup.Of($"""
            {Form.Fault(fault)}
            <p>{language.Of("Compte", "Account")} : <strong>{account.Name}</strong> ({RoleText.Of(account.Role).In(language)})</p>
            <form class="narrow" method="post" action="{OneTimeLinks.Path}">
            {FormToken.Field(request.HttpContext)}{Form.Hidden("token", token)}{Form.Hidden("username", account.Name)}
            {NewPassword.Fields(language)}
            {Form.Button(language.Of("Enregistrer", "Save"))}
            </form>
            """), status);
    }

    private static IResult Over(HttpRequest request)
    {
        var language = Page.LanguageOf(request);
        return Page.Show(request, language.Of("Ce lien n’est plus valable", "This link is no longer valid"), Markup.Of($"""
            <p>{language.Of("Il a déjà servi, ou il est périmé. Un administrateur peut en envoyer un autre ; le premier administrateur redémarre le collecteur, qui en affiche un nouveau.", "It was used, or it is too old. An administrator can send another one; the first administrator starts the collector again, which prints a new one.")}</p>
            <p><a href="{AccessAnswers.LoginPath}">{language.Of("Connexion", "Log in")}</a></p>
            """), StatusCodes.Status404NotFound);
    }
}

/// <summary>The two fields of a new password, and what may be wrong with them.</summary>
internal static class NewPassword
{
    public static Markup Fields(Language language) => Markup.Of($"""
        {Form.Password("password", language.Of($"Nouveau mot de passe ({PasswordRules.LengthMin} caractères au moins)", $"New password ({PasswordRules.LengthMin} characters at least)"), "new-password")}
        {Form.Password("again", language.Of("Encore une fois", "Once more"), "new-password")}
        """);

    public static string? Fault(HttpRequest request, string name, Language language)
    {
        var password = Form.Value(request, "password");
        return PasswordRules.Fault(password, name) is { } fault ? fault.In(language)
            : password != Form.Value(request, "again") ? language.Of("Les deux saisies ne sont pas les mêmes.", "The two entries are not the same.")
            : null;
    }
}
