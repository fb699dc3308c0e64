using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Metering.Mqtt.Client;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Mqtt.Tests.Server;

/// <summary>An endpoint and clients to it over in-memory pipes.</summary>
internal sealed class EndpointFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];

    public EndpointFixture(
        IMqttInbox? inbox = null, MqttEndpointOptions? options = null, IMqttAuthenticator? authenticator = null,
        TimeProvider? time = null) =>
        Endpoint = new(
            inbox ?? new GatedInbox(), authenticator ?? new OpenDoor(), options ?? new(), time ?? TimeProvider.System);

    public MqttEndpoint Endpoint { get; }

    public MqttClientOptions ClientOptions(
        MqttProtocolVersion version = MqttProtocolVersion.V500, string clientId = "client") => new()
    {
        ProtocolVersion = version,
        ClientId = clientId,
        StreamFactory = _ => ValueTask.FromResult<Stream>(OpenStream()),
    };

    public Task<MqttClientConnection> ConnectAsync(
        MqttProtocolVersion version = MqttProtocolVersion.V500, string clientId = "client") =>
        MqttClientConnection.ConnectAsync(ClientOptions(version, clientId), CancellationToken.None);

    /// <summary>The client end of a new connection.</summary>
    public Stream OpenStream(EndPoint? from = null)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        _connections.Add(Endpoint.ServeAsync(
            new Duplex(toServer.Reader, toClient.Writer), new MqttPeer(from, null, false), _stop.Token));
        return new DuplexStream(toClient.Reader, toServer.Writer);
    }

    /// <summary>Stops as a host does, and waits for all connections.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_connections);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Endpoint.Dispose();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class OpenDoor : IMqttAuthenticator, IMqttAccess
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(
            MqttCredentials credentials, CancellationToken cancellationToken) =>
            ValueTask.FromResult(MqttAuthentication.Accept(credentials.UserName, this));

        public bool MayPublish(string topic) => !topic.StartsWith("forbidden/", StringComparison.Ordinal);

        public bool MaySubscribe(string filter) => !filter.StartsWith("forbidden/", StringComparison.Ordinal);
    }
}

/// <summary>Two pipes as one stream; closing it closes both directions, as TCP does.</summary>
internal sealed class DuplexStream(PipeReader reader, PipeWriter writer) : Stream
{
    private readonly Stream _input = reader.AsStream();
    private readonly Stream _output = writer.AsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => _output.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _output.WriteAsync(buffer, cancellationToken);
        await _output.FlushAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        writer.Complete();
        reader.CancelPendingRead();
        base.Dispose(disposing);
    }
}
