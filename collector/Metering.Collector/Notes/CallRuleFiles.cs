using System.Text.Json;
using Metering.Core.Obligations;

namespace Metering.Collector.Notes;

/// <summary>
/// Rules of calls in the folder of the store: <c>calls/*.json</c>. A file of a known key takes the place of the rules that travel
/// with the program, a new key is a new call. <c>metering export --what calls</c> writes those in use.
/// </summary>
public static class CallRuleFiles
{
    public const string Folder = "calls";

    /// <summary>Longest rules file; the longest that travels with the program has 8 KiB.</summary>
    public const long FileBytesMax = 256 * 1024;

    /// <summary>Most files.</summary>
    public const int FilesMax = 100;

    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="NoteException">A file is not a rules file: which, where and why.</exception>
    public static CallCatalogue Read(string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(dataFolder);
        var own = Files(dataFolder).Select(ReadFile).ToList();
        try
        {
            return CallCatalogue.Embedded.With(own);
        }
        catch (ArgumentException e)
        {
            throw new NoteException($"{Path.Combine(dataFolder, Folder)}: {e.Message}", e);
        }
    }

    /// <summary>The file of a call as it is in use: the user's own, or the one that travels with the program.</summary>
    internal static string TextOf(string dataFolder, CallRules call) =>
        Files(dataFolder).FirstOrDefault(f => ReadFile(f).Key == call.Key) is { } own ? File.ReadAllText(own) : CallRules.FileOf(call.Key);

    private static List<string> Files(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, Folder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        return files.Count <= FilesMax ? files : throw new NoteException($"{folder}: {files.Count} files; at most {FilesMax} are read.");
    }

    private static CallRules ReadFile(string file)
    {
        try
        {
            if (new FileInfo(file).Length > FileBytesMax)
            {
                throw new NoteException($"{file}: longer than {FileBytesMax / 1024} KiB.");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Json);
            return CallRules.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new NoteException($"{file}:{(e.LineNumber ?? 0) + 1}: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new NoteException($"{file}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NoteException($"{file}: {e.Message}", e);
        }
    }
}
