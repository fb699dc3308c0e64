using Metering.Collector.Notes;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Obligations;

namespace Metering.Collector.Web;

/// <summary>
/// What a page or a downloaded note asks for: the building with its dossier and the rules of its call, as
/// <c>metering note</c> would. A dossier or a rules file that cannot be read costs its own content, not the page.
/// </summary>
public sealed class NoteRequests(SqliteDatabase database, Quarantine quarantine, PageScope scope)
{
    private string Folder => Path.GetDirectoryName(database.Path)!;

    /// <summary>The request for a building's whole period, with the facts of its dossier.</summary>
    public Task<NoteRequest> OfAsync(string buildingId, CancellationToken cancellationToken) =>
        OfAsync(buildingId, Language.French, cancellationToken);

    /// <summary>The same, with what people wrote in a language.</summary>
    public async Task<NoteRequest> OfAsync(string buildingId, Language language, CancellationToken cancellationToken) => scope.Complete(new NoteRequest
    {
        BuildingId = buildingId,
        Version = ProductVersion.Text,
        Quarantined = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false),
        Dossier = Dossier(buildingId, language),
        Calls = Calls(),
    });

    /// <summary>The end of the replay that the pages speak of, or null: they speak of now.</summary>
    public DateTimeOffset? ReplayEnd => scope.Complete(new NoteRequest { BuildingId = "", Version = "" }).To;

    private CallCatalogue Calls()
    {
        try
        {
            return CallRuleFiles.Read(Folder);
        }
        catch (NoteException)
        {
            return CallCatalogue.Embedded;
        }
    }

    private NoteDossier Dossier(string buildingId, Language language)
    {
        try
        {
            return NoteDossierFiles.Read(Folder, buildingId, language);
        }
        catch (NoteException)
        {
            return NoteDossier.Empty;
        }
    }
}
