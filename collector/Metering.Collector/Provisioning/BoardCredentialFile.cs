using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>
/// The table of board credentials: <c>boards.json</c> in the data folder, readable by its owner only, replaced as a whole
/// (written beside, flushed, renamed). A running collector notices a new version at the next login.
/// </summary>
internal sealed class BoardCredentialFile(string dataFolder) : IBoardCredentials
{
    public const string FileName = "boards.json";

    /// <summary>Boards that one file may hold.</summary>
    public const int BoardsMax = 100_000;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Lock _gate = new();
    private IReadOnlyDictionary<string, BoardCredential>? _read;
    private (DateTime Written, long Length) _version;

    private string FilePath => Path.Combine(dataFolder, FileName);

    public string? ByPassword(string userName, ReadOnlySpan<byte> password) =>
        Good(userName) is { Password: { } hash } board && hash.Fits(password) ? board.Board : null;

    public string? ByCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return Good(name) is { CertificateSerial: { } serial } board
            && string.Equals(serial, certificate.SerialNumber, StringComparison.OrdinalIgnoreCase) ? board.Board : null;
    }

    /// <summary>All boards, ordered by EUI-64.</summary>
    /// <exception cref="UsageException">The file is there and cannot be understood.</exception>
    public IReadOnlyList<BoardCredential> List() => [.. Read().Values.OrderBy(b => b.Board, StringComparer.Ordinal)];

    public BoardCredential? Find(string board) => Read().GetValueOrDefault(board);

    /// <summary>Adds a board, or replaces what was known of it.</summary>
    public void Put(BoardCredential credential)
    {
        lock (_gate)
        {
            var all = new Dictionary<string, BoardCredential>(Read(), StringComparer.Ordinal) { [credential.Board] = credential };
            if (all.Count > BoardsMax)
            {
                throw new UsageException($"{FilePath}: {all.Count} boards; allowed are {BoardsMax} in one file.");
            }

            var content = JsonSerializer.SerializeToUtf8Bytes(all.Values.OrderBy(b => b.Board, StringComparer.Ordinal).ToArray(), Format);
            SecretFile.Replace(FilePath, content);
            _read = null;
        }
    }

    private BoardCredential? Good(string board) => Read().GetValueOrDefault(board) is { Revoked: null } good ? good : null;

    private IReadOnlyDictionary<string, BoardCredential> Read()
    {
        lock (_gate)
        {
            var file = new FileInfo(FilePath);
            if (!file.Exists)
            {
                return new Dictionary<string, BoardCredential>(StringComparer.Ordinal);
            }

            var version = (file.LastWriteTimeUtc, file.Length);
            if (_read is null || version != _version)
            {
                _read = Parse(File.ReadAllBytes(FilePath));
                _version = version;
            }

            return _read;
        }
    }

    private Dictionary<string, BoardCredential> Parse(byte[] content)
    {
        try
        {
            return (JsonSerializer.Deserialize<BoardCredential[]>(content, Format) ?? [])
                .ToDictionary(b => b.Board, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new UsageException($"{FilePath}: cannot be understood ({e.Message}); allowed is the file that 'metering provision' writes, or none.", e);
        }
    }
}
