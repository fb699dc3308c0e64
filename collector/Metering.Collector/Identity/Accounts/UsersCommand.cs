using System.CommandLine;
using System.Globalization;
using Metering.Collector.Cli;
using Metering.Collector.Identity.Access;

namespace Metering.Collector.Identity.Accounts;

/// <summary><c>metering users</c>: who may log in, and the way back in for who stands at the machine.</summary>
internal static class UsersCommand
{
    private const string Actor = "cli";

    public static Command Create() => new("users", "Accounts of pages and API: example: metering users link anne --data /var/lib/metering") { List(), Invite(), Link() };

    private static Command List()
    {
        var data = CommonOptions.Data();
        var verb = new Command("list", "List the accounts.") { data };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            foreach (var account in await new AccountStore(database).ListAsync(cancellationToken).ConfigureAwait(false))
            {
                var state = account.Disabled is not null ? "disabled" : account.HasPassword ? "active" : "invited";
                var of = string.Join(' ', account.Buildings.Concat(account.Dwellings.Select(d => d.BuildingId + "/" + d.DwellingId)));
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{account.Id,5}  {account.Name,-24} {account.Role.Name(),-14} {state,-9} {of}").TrimEnd()).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Invite()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "Account name or e-mail address." };
        var role = new Option<string>("--role") { Description = "administrator, technician, landlord, analyst or occupant.", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(AccessNames.Name)]);
        var buildings = new Option<string[]>("--building") { Description = "Building of a landlord; may be given several times.", HelpName = "ID", DefaultValueFactory = _ => [] };
        var dwellings = new Option<string[]>("--dwelling") { Description = "Dwelling of an occupant, BUILDING/DWELLING.", HelpName = "B/D", DefaultValueFactory = _ => [] };
        var verb = new Command("invite", "Make an account and print its one-time link.") { name, role, buildings, dwellings, data };
        verb.Does(async (parsed, cancellationToken) =>
        {
            _ = AccessNames.TryRole(parsed.GetValue(role), out var wanted);
            var own = parsed.GetValue(dwellings)!.Select(d => d.Split('/', 2) is [var building, var dwelling]
                ? new DwellingReference(building, dwelling)
                : throw new UsageException($"--dwelling: '{d}' was given; allowed is BUILDING/DWELLING."));
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            try
            {
                var account = await new AccountStore(database).CreateAsync(
                    parsed.GetValue(name)!, new AccountGrant(wanted, parsed.GetValue(buildings)!, [.. own]), Actor, cancellationToken).ConfigureAwait(false);
                await PrintAsync(parsed, new OneTimeLinks(database), account, cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (AccountException e)
            {
                throw new UsageException($"NAME: '{parsed.GetValue(name)}' was given. {e.Message}", e);
            }
        });
        return verb;
    }

    private static Command Link()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "Account name." };
        var verb = new Command("link", "Print a new one-time link: a forgotten password, or nobody can log in.") { name, data };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var account = await new AccountStore(database).FindAsync(parsed.GetValue(name)!, cancellationToken).ConfigureAwait(false);
            if (account is not { Disabled: null })
            {
                throw new UsageException($"NAME: '{parsed.GetValue(name)}' is no account that may log in; 'metering users list' shows them.");
            }

            await PrintAsync(parsed, new OneTimeLinks(database), account, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static async Task PrintAsync(ParseResult parsed, OneTimeLinks links, Account account, CancellationToken cancellationToken)
    {
        var link = await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, Actor, cancellationToken).ConfigureAwait(false);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"{account.Name}, once, within {OneTimeLinks.InvitationFor.TotalDays:0} days, after the address of the pages: {link}").ConfigureAwait(false);
    }
}
