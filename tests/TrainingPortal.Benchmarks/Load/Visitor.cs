using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace TrainingPortal.Benchmarks.Load;

/// <summary>Connections to one server, shared by all who visit it.</summary>
internal sealed class Connections(Uri address) : IDisposable
{
    public Uri Address => address;

    public HttpMessageInvoker Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    });

    public void Dispose() => Http.Dispose();
}

/// <summary>An answer of the server; the page is good until it is disposed.</summary>
internal readonly struct Answer(HttpStatusCode status, string? location, byte[] buffer, int length) : IDisposable
{
    public HttpStatusCode Status => status;

    /// <summary>Path and query to go on to, or none.</summary>
    public string? Location => location;

    public ReadOnlySpan<byte> Page => buffer.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>A browser with two cookies: who is signed in, and the one that belongs to the forms' tokens.</summary>
internal sealed class Visitor(Connections connections, string ticket)
{
    private static readonly MediaTypeHeaderValue s_form = new("application/x-www-form-urlencoded");
    private string signedIn = ticket;
    private string? form;
    private string cookies = ticket;

    public Task<Answer> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<Answer> PostAsync(string path, byte[] body, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, body, cancellation);

    private async Task<Answer> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(connections.Address, path));
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = s_form;
        }

        using var response = await connections.Http.SendAsync(request, cancellation);
        if (response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                Keep(cookie);
            }
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(response.Content.Headers.ContentLength ?? 32 * 1024));
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        var location = response.Headers.Location;
        return new Answer(response.StatusCode, location is { IsAbsoluteUri: true } ? location.PathAndQuery : location?.OriginalString, buffer, length);
    }

    private void Keep(string cookie)
    {
        var pair = cookie.Split(';')[0];
        if (pair.StartsWith("portal=", StringComparison.Ordinal))
        {
            signedIn = pair;
        }
        else if (pair.StartsWith("portal-form=", StringComparison.Ordinal))
        {
            form = pair;
        }

        cookies = form is null ? signedIn : $"{signedIn}; {form}";
    }
}
