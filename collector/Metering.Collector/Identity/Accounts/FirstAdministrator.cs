using Metering.Collector.Identity.Access;

namespace Metering.Collector.Identity.Accounts;

/// <summary>
/// As long as nobody can manage users, the collector prints a one-time link at start: who sees its console owns it. There is
/// no preset password anywhere.
/// </summary>
internal static class FirstAdministrator
{
    private const string Name = "admin";

    /// <summary>The link, or null: there is an administrator.</summary>
    public static async Task<string?> LinkAsync(AccountStore accounts, OneTimeLinks links, CancellationToken cancellationToken)
    {
        if (await accounts.HasAdministratorAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        const string actor = "console";
        var waiting = (await accounts.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(a => a is { Role: Role.Administrator, Disabled: null });
        waiting ??= await accounts.CreateAsync(await FreeNameAsync(accounts, cancellationToken).ConfigureAwait(false), new AccountGrant(Role.Administrator, [], []), actor, cancellationToken).ConfigureAwait(false);
        return await links.CreateAsync(waiting.Id, OneTimeLinks.FirstAdministratorFor, actor, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> FreeNameAsync(AccountStore accounts, CancellationToken cancellationToken)
    {
        var name = Name;
        for (var number = 2; await accounts.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null; number++)
        {
            name = FormattableString.Invariant($"{Name}-{number}");
        }

        return name;
    }
}
