using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Metering.Collector.Identity.Access;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Collector.Tests.Identity;

/// <summary>
/// Malformed, oversized and hostile requests as raw bytes over TCP, from strangers and from people who are logged in. The
/// collector may refuse them as it likes, but never with a 500 and never with a word about its inside.
/// </summary>
public sealed class HostileRequestTests(GuardedCollector collector, ITestOutputHelper output) : IClassFixture<GuardedCollector>
{
    private const int RequestCount = 100_000;
    private const int Connections = 4;
    private const int Seed = 20261122;

    /// <summary>501: a part of a standard that is not there, said on purpose; 505: not a version of HTTP.</summary>
    private static readonly int[] Understood = [501, 505];

    [Fact]
    public async Task A_hundred_thousand_hostile_requests_never_give_a_500_and_never_leak()
    {
        output.WriteLine($"seed {Seed}");
        var findings = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var secrets = Leaks();
        var callers = Callers();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(worker => Task.Run(async () =>
        {
            var requests = new HostileRequests(new Random(Seed + worker), callers);
            await using var connection = new RawHttpConnection(new IPEndPoint(IPAddress.Loopback, collector.Host.Http!.Port));
            for (var i = 0; i < RequestCount / Connections && findings.Count < 20; i++)
            {
                var request = requests.Next();
                var answer = await connection.SendAsync(request);
                statuses.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
                var text = answer.Head + "\n" + answer.Body;
                if (answer.Status >= 500 && !Understood.Contains(answer.Status) || secrets.FirstOrDefault(s => text.Contains(s, StringComparison.Ordinal)) is not null)
                {
                    findings.Add(string.Create(CultureInfo.InvariantCulture, $"worker {worker}, request {i}: {answer.Status}\n{Shown(request)}\n--\n{text[..Math.Min(text.Length, 600)]}"));
                }
            }
        })));

        output.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        Assert.True(findings.IsEmpty, string.Join("\n=====\n", findings));
        Assert.Equal(RequestCount, statuses.Values.Sum());

        // The generator reaches the handlers, and the collector still serves.
        Assert.True(statuses.GetValueOrDefault(200) > RequestCount / 200, "Hardly any request got through to a handler.");
        Assert.True(statuses.GetValueOrDefault(400) > RequestCount / 200, "Hardly any request was malformed.");
        using var health = await collector.SendAsync(HttpMethod.Get, "/health/ready", null);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Null((await collector.Service<Metering.Collector.Identity.Audit.IAuditLog>().VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    /// <summary>Headers that say who asks: nobody, a session, a key.</summary>
    private string[] Callers() =>
    [
        "",
        .. Enum.GetValues<Role>().Select(r => $"Cookie: metering-session={collector.SessionOf(r)}\r\nX-Form-Token: {collector.FormOf(r)}\r\n"),
        $"Authorization: Bearer {collector.KeyOf(Role.Administrator)}\r\n",
        $"Authorization: Bearer {collector.KeyOf(Role.Landlord)}\r\n",
    ];

    /// <summary>What no answer may hold: this machine's paths, our types, stacks, the database's words.</summary>
    private string[] Leaks() =>
    [
        collector.DataFolder, AppContext.BaseDirectory.TrimEnd('/'), "   at Metering.", "   at Microsoft.", "   at System.", "Exception:", ".cs:line",
        "SQLite Error", "metering.db", "StackTrace",
    ];

    private static string Shown(byte[] request) => Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 600));
}
