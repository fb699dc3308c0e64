using System.Globalization;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Keys;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>/account</c>: own password and API keys.</summary>
internal static class AccountPage
{
    private const string PathOf = "/account";
    private const int KeyDaysDefault = 365;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PathOf, async (HttpRequest request, CurrentUser user, ApiKeyStore keys, CancellationToken cancellationToken) =>
            await ShowAsync(request, user, keys, new Said(), cancellationToken).ConfigureAwait(false)).RequirePermission(Permission.UseAccount);
        routes.MapPost(PathOf + "/password", ChangePasswordAsync).RequirePermission(Permission.UseAccount);
        routes.MapPost(PathOf + "/keys", CreateKeyAsync).RequirePermission(Permission.UseAccount);
        routes.MapPost(PathOf + "/keys/{id:long}/revoke", RevokeKeyAsync).RequirePermission(Permission.UseAccount);
    }

    private static async Task<IResult> ShowAsync(HttpRequest request, CurrentUser user, ApiKeyStore keys, Said said, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var list = await keys.ListAsync(user.AccountId, cancellationToken).ConfigureAwait(false);
        var token = FormToken.Field(request.HttpContext);
        return Page.Show(request, language.Of("Mon compte", "My account"), Markup.Of($"""
            {Form.Fault(said.Fault)}{Form.Done(said.Done)}
            <p>{user.Name} · {RoleText.Of(user.Role!.Value).In(language)}</p>
            {(said.Secret is null ? Markup.Empty : Markup.Of($"""
                <div class="good" role="status"><p>{language.Of("Votre clé, affichée cette seule fois :", "Your key, shown this once only:")}</p><p><code class="secret">{said.Secret}</code></p>
                <p>{language.Of("En-tête", "Header")} : <code>Authorization: Bearer {language.Of("CLÉ", "KEY")}</code></p></div>
                """))}
            <h2>{language.Of("Mot de passe", "Password")}</h2>
            <form class="narrow" method="post" action="{PathOf}/password">{token}
            {Form.Password("current", language.Of("Mot de passe actuel", "Present password"), "current-password")}
            {NewPassword.Fields(language)}
            {Form.Button(language.Of("Changer", "Change"))}
            </form>
            <h2>{language.Of("Clés d’API", "API keys")}</h2>
            {KeyTable(list, token, language)}
            <h3>{language.Of("Nouvelle clé", "New key")}</h3>
            <form class="narrow" method="post" action="{PathOf}/keys">{token}
            {Form.Text("key-name", language.Of("À quoi elle sert", "What it is for"))}
            <fieldset><legend>{language.Of("Ce qu’elle peut faire", "What it may do")}</legend>
            {RoleTable.KeyScopes.Where(user.Has).Select(s => Form.Box("scope", s.Name(), RoleText.Of(s).In(language)))}
            </fieldset>
            <p class="field"><label for="days">{language.Of("Durée, jours", "Lasts, days")}</label><input id="days" name="days" type="number" min="1" max="{ApiKey.DaysMax}" value="{KeyDaysDefault}" required></p>
            {Form.Button(language.Of("Créer", "Create"))}
            </form>
            """), said.Status);
    }

    private static Markup KeyTable(IReadOnlyList<ApiKey> keys, Markup token, Language language) => keys.Count == 0
        ? Page.Empty(
            language.Of("Aucune clé.", "No key."),
            language.Of("Une clé laisse un programme lire l’API à votre place.", "A key lets a program read the API in your place."))
        : Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Clés d’API", "API keys")}"><table>
            <thead><tr><th scope="col">{language.Of("Nom", "Name")}</th><th scope="col">{language.Of("Portée", "Scopes")}</th><th scope="col">{language.Of("Fin", "Ends")}</th>
            <th scope="col">{language.Of("Dernier usage", "Last use")}</th><th scope="col">{language.Of("État", "State")}</th></tr></thead><tbody>
            {keys.Select(k => Markup.Of($"""
                <tr><th scope="row">{k.Name}</th><td>{string.Join(", ", k.Scopes.Select(s => s.Name()))}</td><td>{Day(k.Expires)}</td><td>{(k.Used is { } used ? Day(used) : "—")}</td>
                <td>{(k.Revoked is { } revoked
                    ? Markup.Of($"""{language.Of("révoquée le", "revoked on")} {Day(revoked)}""")
                    : Markup.Of($"""<form method="post" action="{PathOf}/keys/{k.Id}/revoke">{token}<button type="submit">{language.Of("Révoquer", "Revoke")}<span class="hidden"> {k.Name}</span></button></form>"""))}</td></tr>
                """))}
            </tbody></table></div>
            """);

    private static async Task<IResult> ChangePasswordAsync(
        HttpRequest request, CurrentUser user, AccountStore accounts, LoginService logins, SessionStore sessions, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var address = ClientAddress.Of(request.HttpContext);
        if (await accounts.FindAsync(user.AccountId, cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return await ShowAsync(request, user, keys, NoAccount(language), cancellationToken).ConfigureAwait(false);
        }

        if (NewPassword.Fault(request, account.Name, language) is { } fault)
        {
            return await ShowAsync(request, user, keys, new Said { Fault = fault }, cancellationToken).ConfigureAwait(false);
        }

        if (!await logins.ConfirmAsync(account, Form.Value(request, "current"), address, cancellationToken).ConfigureAwait(false)
            || await logins.HashAsync(Form.Value(request, "password"), cancellationToken).ConfigureAwait(false) is not { } hash)
        {
            return await ShowAsync(request, user, keys, new Said { Fault = language.Of("Le mot de passe actuel n’est pas le bon, ou trop d’essais.", "The present password is wrong, or too many tries.") }, cancellationToken).ConfigureAwait(false);
        }

        // Every session of the account ends with the old password; this visitor gets a new one.
        await accounts.SetPasswordAsync(account.Id, hash, user.Actor, cancellationToken).ConfigureAwait(false);
        SessionCookie.Write(request.HttpContext, await sessions.StartAsync(account.Id, address, cancellationToken).ConfigureAwait(false));
        return Results.LocalRedirect(PathOf);
    }

    private static async Task<IResult> CreateKeyAsync(HttpRequest request, CurrentUser user, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (user.IsDemo)
        {
            return await ShowAsync(request, user, keys, NoAccount(language), cancellationToken).ConfigureAwait(false);
        }

        var scopes = Form.Values(request, "scope").Select(n => AccessNames.TryPermission(n, out var scope) ? scope : Permission.UseAccount).ToList();
        try
        {
            var days = int.TryParse(Form.Value(request, "days"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
            var secret = await keys.CreateAsync(user, Form.Value(request, "key-name"), scopes, days, cancellationToken).ConfigureAwait(false);
            return await ShowAsync(request, user, keys, new Said { Secret = secret, Status = StatusCodes.Status200OK }, cancellationToken).ConfigureAwait(false);
        }
        catch (AccountException e)
        {
            return await ShowAsync(request, user, keys, new Said { Fault = e.In(language) }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IResult> RevokeKeyAsync(long id, HttpRequest request, CurrentUser user, ApiKeyStore keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(user, id, cancellationToken).ConfigureAwait(false) ? Results.LocalRedirect(PathOf) : ErrorPages.NotFound(request);

    private static Said NoAccount(Language language) => new()
    {
        Fault = language.Of("Les rôles de la démonstration n’ont ni mot de passe ni clé.", "Roles of the demo have neither password nor key."),
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Said
    {
        public string? Fault { get; init; }

        public string? Done { get; init; }

        public string? Secret { get; init; }

        public int Status
        {
            get => field != 0 ? field : Fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            init;
        }
    }
}
